//! What the Playground says to a request, before any program runs: found by asking a copy of it.

use serde_json::{Value, json};

/// A request that our server read.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Status and JSON.
pub(super) type Refusal = (u16, Value);

impl Request {
    pub(super) fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map_or("", |(_, value)| value)
    }

    /// The program that is to be run, if the request is as it must be.
    pub(super) fn program(&self) -> Result<String, Refusal> {
        if self.header("content-type") != "application/json" {
            let message = "Expected request with `Content-Type: application/json`";
            return Err(undeserialized(message));
        }
        let body: Value = serde_json::from_slice(&self.body).map_err(|error| {
            undeserialized(&format!("Failed to parse the request body as JSON: {error}"))
        })?;
        let field = |name: &str, is: fn(&Value) -> bool| {
            body.get(name).filter(|value| is(value)).ok_or_else(|| {
                let target = "Failed to deserialize the JSON body into the target type";
                undeserialized(&format!("{target}: missing field `{name}`"))
            })
        };
        for (name, what, known) in [
            ("channel", "channel", &["stable", "beta", "nightly"][..]),
            ("mode", "mode", &["debug", "release"]),
            ("edition", "edition", &["2015", "2018", "2021", "2024"]),
            ("crateType", "crate type", &["bin", "lib", "proc-macro"]),
        ] {
            let value = field(name, Value::is_string)?.as_str().unwrap_or_default();
            if !known.contains(&value) {
                return Err((500, json!({ "error": format!("'{value}' is not a valid {what}") })));
            }
        }
        field("tests", Value::is_boolean)?;
        Ok(field("code", Value::is_string)?.as_str().unwrap_or_default().to_owned())
    }
}

fn undeserialized(message: &str) -> Refusal {
    (400, json!({ "error": format!("Unable to deserialize request: {message}") }))
}

#[test]
fn a_request_that_breaks_the_contract_is_refused() {
    let good = json!({
        "channel": "stable", "mode": "debug", "edition": "2024", "crateType": "bin",
        "tests": false, "code": "fn main() {}",
    });
    let changed = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body.to_string()
    };
    let json = "application/json";
    for (kind, body, status, said) in [
        (json, good.to_string(), 200, ""),
        (json, changed("new", 1.into()), 200, ""),
        ("text/plain", good.to_string(), 400, "Expected request with"),
        (json, "{".to_owned(), 400, "Failed to parse"),
        (json, "{}".to_owned(), 400, "missing field `channel`"),
        (json, changed("channel", "foo".into()), 500, "'foo' is not a valid channel"),
        (json, changed("edition", "".into()), 500, "'' is not a valid edition"),
        (json, changed("tests", 1.into()), 400, "missing field `tests`"),
    ] {
        let request = Request {
            method: "POST".to_owned(),
            path: "/execute".to_owned(),
            headers: vec![("content-type".to_owned(), kind.to_owned())],
            body: body.clone().into_bytes(),
        };
        match request.program() {
            Ok(code) => assert_eq!((status, code.as_str()), (200, "fn main() {}"), "{body}"),
            Err((refused, answer)) => {
                assert_eq!(refused, status, "{body}");
                assert!(answer["error"].as_str().is_some_and(|text| text.contains(said)), "{body}");
            }
        }
    }
}
