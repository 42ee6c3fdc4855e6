//! Arguments. The commands and their JSON are a contract: scripts rely on them.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// 问症：用中文回答症状问题的 Telegram 机器人
#[derive(Debug, Parser)]
#[command(name = "wenzheng", version, about, long_about = None, propagate_version = true)]
pub struct Args {
    /// 配置文件
    #[arg(long, global = true, value_name = "FILE", default_value = "config.toml")]
    pub config: PathBuf,
    /// 知识文件夹（默认取配置里的）
    #[arg(long, global = true, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
    /// 存储文件夹（默认取配置里的）
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// 多说一些
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// 少说一些
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// 要做什么；不写等于 serve
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 启动 Telegram 机器人：长轮询，或按配置用 webhook
    Serve,
    /// 在本机开一个 Telegram：本地 Bot API 服务器、浏览器聊天页，和真正的机器人
    Playground {
        /// 端口（默认取配置里的，8088）
        #[arg(long)]
        port: Option<u16>,
    },
    /// 像机器人那样回答。不写问题：终端里是对话，否则从标准输入一行一问
    Ask {
        /// 每个回答输出一行 JSON
        #[arg(long)]
        json: bool,
        /// 说明每一步找到了什么
        #[arg(long)]
        why: bool,
        /// 各行是同一段对话，空行另起一段
        #[arg(long)]
        dialogue: bool,
        /// 所在地区，例如 mainland、hongkong、taiwan
        #[arg(long)]
        region: Option<String>,
        /// 问题
        question: Vec<String>,
    },
    /// 只检索：从标准输入一行一问，不分诊、不设门槛、不管对话
    Search {
        /// 每行输出一个 JSON 对象
        #[arg(long)]
        json: bool,
        /// 最多几个结果
        #[arg(short, default_value_t = 10)]
        k: usize,
    },
    /// 载入、检查并排演一个知识文件夹，一次列出全部问题
    Check {
        /// 每个问题输出一行 JSON
        #[arg(long)]
        json: bool,
        /// 知识文件夹
        dir: Option<PathBuf>,
    },
    /// 从听来的句子重新拟合分诊的第二读者和排序的权重，写进知识文件夹
    Fit {
        /// 知识文件夹
        dir: Option<PathBuf>,
        /// 外来语料的前缀（PREFIX.corpus.jsonl 和 PREFIX.dev.jsonl），拟合导入文章的排序；可以写多个
        #[arg(long)]
        corpus: Vec<PathBuf>,
        /// 只用来检验的问句，写法同 asked.tsv
        #[arg(long)]
        aside: Option<PathBuf>,
        /// 只拟合排序
        #[arg(long)]
        ranking_only: bool,
    },
    /// 输出 SAFETY.md：急症检查在标注集上做得怎么样
    Safety {
        /// 标注集的文件夹
        #[arg(long, default_value = "tests/gold")]
        gold: PathBuf,
    },
    /// 输出 docs/coverage.md：知识覆盖了哪些主题、哪些方面
    Coverage {
        /// 知识文件夹
        dir: Option<PathBuf>,
    },
    /// 批量导入文章（JSONL；- 为标准输入）
    Import {
        /// 先清空以前导入的
        #[arg(long)]
        replace: bool,
        /// 文件
        file: PathBuf,
    },
    /// 导出全部在用的文章，格式与导入相同（- 为标准输出）
    Export {
        /// 文件
        file: PathBuf,
    },
    /// 用标注集评测检索：R@1、R@5、MRR@10 和延迟
    Eval {
        /// 输出一个 JSON 对象
        #[arg(long)]
        json: bool,
        /// 每行 {"query", "relevant": [标题或 id]}
        file: PathBuf,
    },
    /// 新建一个主题文件，要填的都列好
    New {
        /// 主题的叫法
        title: String,
        /// 主题 id（小写英文、数字、连字符）；不写就用拼音
        #[arg(long)]
        id: Option<String>,
        /// 身体系统（knowledge/topics 下的文件夹）
        #[arg(long, default_value = "general")]
        system: String,
    },
    /// 问了什么（只有汇总数字）
    Stats {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 哪些问题答不上来（只有汇总数字）
    Gaps {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 哪些文章被评为没帮助
    Weak {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 保留了哪些版本，编辑做过什么（新的在前）
    History {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 退回以前的一版知识（机器人要先停下；运行中在聊天里发 /rollback）
    Rollback {
        /// 版本摘要的开头，history 里有
        revision: String,
    },
    /// 把整个存储备份成一个文件
    Backup {
        /// 文件
        file: PathBuf,
    },
    /// 从备份恢复
    Restore {
        /// 文件
        file: PathBuf,
    },
    /// 输出主题文件的 JSON Schema，供编辑器补全
    Schema,
}
