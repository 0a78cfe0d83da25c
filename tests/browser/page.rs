//! A tab: what a reader does in it, and what may not happen meanwhile.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use serde_json::{Value, json};

use crate::chromium::Chromium;

/// How long a page may take to get into the state that a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the browser pretends to be.
#[derive(Clone, Copy)]
pub(crate) struct Device {
    /// In CSS pixels.
    pub(crate) width: u32,
    /// `light` or `dark`
    pub(crate) scheme: &'static str,
    pub(crate) script: bool,
}

impl Device {
    pub(crate) const DESKTOP: Self = Self { width: 1440, scheme: "light", script: true };
    pub(crate) const PHONE: Self = Self { width: 360, ..Self::DESKTOP };
}

/// A tab with storage of its own.
pub(crate) struct Page<'a> {
    chromium: &'a Chromium,
    context: String,
    session: String,
    events: Mutex<Receiver<Value>>,
    /// Where every address that it loads must begin.
    base: String,
}

impl<'a> Page<'a> {
    /// Opens an empty tab that may load what is below `base`.
    pub(crate) fn new(chromium: &'a Chromium, base: &str, device: Device) -> Result<Self, Failed> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let context = chromium.call("Target.createBrowserContext", &json!({}))?;
        let context = text(&context["browserContextId"]);
        let target = json!({
            "url": "about:blank", "browserContextId": context,
            "enableBeginFrameControl": !chromium.draws,
        });
        let target = text(&chromium.call("Target.createTarget", &target)?["targetId"]);
        let attach = json!({ "targetId": target, "flatten": true });
        let session = text(&chromium.call("Target.attachToTarget", &attach)?["sessionId"]);
        let events = Mutex::new(chromium.client.subscribe(&session));
        let page = Self { chromium, context, session, events, base: base.to_owned() };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), &json!({}))?;
        }
        page.call("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))?;
        page.resize(device.width)?;
        page.prefer(device.scheme)?;
        if !device.script {
            page.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))?;
        }
        Ok(page)
    }

    pub(crate) fn call(&self, method: &str, params: &Value) -> Result<Value, String> {
        self.chromium.client.call(Some(&self.session), method, params)
    }

    /// Makes the window this wide.
    pub(crate) fn resize(&self, width: u32) -> Result<(), String> {
        self.window(width, if width < 600 { 740 } else { 900 })
    }

    /// Gives the window this size, in CSS pixels.
    pub(crate) fn window(&self, width: u32, height: u32) -> Result<(), String> {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    /// Asks for `light` or `dark`, as the system does.
    pub(crate) fn prefer(&self, scheme: &str) -> Result<(), String> {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", &json!({ "features": features })).map(drop)
    }

    /// Opens a page of the site and waits until all of it is there.
    pub(crate) fn open(&self, path: &str) -> Result<(), Failed> {
        let url = format!("{}{path}", self.base);
        self.evaluate("window.left = true")?;
        let opened = self.call("Page.navigate", &json!({ "url": url }))?;
        if let Some(error) = opened.get("errorText") {
            return Err(format!("{url}: {error}").into());
        }
        self.wait("document.readyState === 'complete' && (!window.left || location.hash !== '')")
    }

    /// The value of an expression; promises are awaited.
    pub(crate) fn evaluate(&self, expression: &str) -> Result<Value, Failed> {
        let params = json!({
            "expression": expression, "returnByValue": true, "awaitPromise": true,
            "userGesture": true,
        });
        let mut answer = self.call("Runtime.evaluate", &params)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(format!("{expression}: {details}").into()),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&self, expression: &str) -> Result<(), Failed> {
        let start = Instant::now();
        loop {
            // A page that is being replaced has no value yet.
            if self.evaluate(expression).is_ok_and(|value| value == true) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("never true: {expression}").into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Fails unless an expression is true.
    pub(crate) fn assert(&self, expression: &str) -> Result<(), Failed> {
        let value = self.evaluate(expression)?;
        let place = || self.evaluate("location.href").unwrap_or_default();
        if value == true {
            Ok(())
        } else {
            Err(format!("{value}: {expression} {}", place()).into())
        }
    }

    /// Presses and releases a key, named as in `KeyboardEvent.key`.
    pub(crate) fn press(&self, key: &str) -> Result<(), String> {
        self.press_with(key, 0)
    }

    /// Presses a key with others held down: 2 is Ctrl.
    pub(crate) fn press_with(&self, key: &str, held: u32) -> Result<(), String> {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => 0,
        };
        let text = match key {
            "Enter" => "\r",
            key if key.len() == 1 && held == 0 => key,
            _ => "",
        };
        for kind in ["keyDown", "keyUp"] {
            let mut params = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code,
                "modifiers": held });
            if kind == "keyDown" && !text.is_empty() {
                params["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", &params)?;
        }
        Ok(())
    }

    /// Moves the pointer to the middle of an element, and clicks if so wished.
    pub(crate) fn point(&self, selector: &str, click: bool) -> Result<(), Failed> {
        let place = self.evaluate(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); \
             e.scrollIntoView({{ block: 'center' }}); const r = e.getBoundingClientRect(); \
             return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ))?;
        let kinds: &[&str] =
            if click { &["mouseMoved", "mousePressed", "mouseReleased"] } else { &["mouseMoved"] };
        for kind in kinds {
            let params = json!({
                "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", &params)?;
        }
        Ok(())
    }

    /// Fails if there were errors in the console, or if a request left the site.
    pub(crate) fn clean(&self) -> Result<(), Failed> {
        self.evaluate("1")?; // What happened before has been reported now.
        let events = self.events.lock().map_err(|error| error.to_string())?;
        let mut problems = Vec::new();
        for event in events.try_iter() {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Runtime.exceptionThrown" => problems.push(params["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled" if params["type"] == "error" => {
                    problems.push(params["args"].to_string());
                }
                "Log.entryAdded" => problems.push(params["entry"].to_string()),
                "Network.requestWillBeSent" => {
                    let url = params["request"]["url"].as_str().unwrap_or_default();
                    if !url.starts_with(&self.base) && !url.starts_with("data:") {
                        problems.push(format!("a request leaves the site: {url}"));
                    }
                }
                _ => {}
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let context = json!({ "browserContextId": self.context });
        // The browser may be gone.
        let _ = self.chromium.call("Target.disposeBrowserContext", &context);
    }
}
