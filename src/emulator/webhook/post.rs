//! One HTTP/1.1 POST over TCP, enough for a webhook on this machine: a connection per request, read to its end.

use std::io;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

/// What the webhook answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Seconds of a `Retry-After` header.
    pub(crate) retry_after: Option<u64>,
    /// The body.
    pub(crate) body: String,
}

/// Posts a JSON body; waits at most a minute.
pub(crate) async fn post(host: &str, path: &str, secret: Option<&str>, body: &str) -> io::Result<Answer> {
    timeout(Duration::from_mins(1), exchange(host, path, secret, body)).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

async fn exchange(host: &str, path: &str, secret: Option<&str>, body: &str) -> io::Result<Answer> {
    let stream = TcpStream::connect(host).await?;
    let secret = secret.map(|secret| format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n")).unwrap_or_default();
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\nAccept-Encoding: identity\r\n{secret}\r\n"
    );
    write_all(&stream, head.as_bytes()).await?;
    write_all(&stream, body.as_bytes()).await?;
    let raw = read_to_end(&stream).await?;
    parse(&String::from_utf8_lossy(&raw)).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

async fn write_all(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn read_to_end(stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    let mut piece = [0; 4096];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut piece) {
            Ok(0) => return Ok(raw),
            Ok(read) => raw.extend_from_slice(piece.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

fn parse(raw: &str) -> Option<Answer> {
    let (head, body) = raw.split_once("\r\n\r\n")?;
    let header = |name: &str| {
        head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let chunked = header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    Some(Answer {
        status: head.split_whitespace().nth(1)?.parse().ok()?,
        retry_after: header("retry-after").and_then(|value| value.parse().ok()),
        body: if chunked { unchunk(body) } else { body.to_owned() },
    })
}

fn unchunk(mut rest: &str) -> String {
    let mut out = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let Some(chunk) = after.get(..size).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        out.push_str(chunk);
        rest = after.get(size + 2..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_answers() {
        let plain = parse("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\n\r\nx").unwrap();
        assert_eq!(plain, Answer { status: 429, retry_after: Some(7), body: "x".into() });
        let chunked = parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").unwrap();
        assert_eq!(chunked.body, "abcde");
        assert!(parse("nonsense").is_none());
    }
}
