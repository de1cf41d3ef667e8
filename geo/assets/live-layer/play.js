/* Play: a window of days moves through time and the map follows. Stopping keeps its days. */
(function () {
  "use strict";

  const { element, addButton, sayDay } = window.liveLayerTools;
  const FRAME_MS = 650;
  /** After so long a page that did not answer is told again. */
  const MOST_WAIT_MS = 5000;
  const DAY_MS = 86400000;
  const MOST_FRAMES = 70;
  /** Pictures that the server puts into one animation. */
  const MOST_PICTURES = 240;
  const STEPS = [["day", "days", 1], ["week", "weeks", 7], ["month", "months", 30.4], ["quarter", "quarters", 91.3], ["year", "years", 365.25]];
  const LENGTHS = [1, 2, 3, 4, 6, 8, 12, 13, 26, 52];

  const day = (text) => new Date(`${text}T00:00:00Z`);
  const iso = (date) => date.toISOString().slice(0, 10);

  /** First day of the step that a day lies in; weeks start on Monday. */
  function startOf(date, step) {
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    if (step === "day") return date;
    if (step === "week") return new Date(date - ((date.getUTCDay() + 6) % 7) * DAY_MS);
    if (step === "month") return new Date(Date.UTC(year, month, 1));
    if (step === "quarter") return new Date(Date.UTC(year, month - (month % 3), 1));
    return new Date(Date.UTC(year, 0, 1));
  }

  function add(date, step, number) {
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    if (step === "day") return new Date(+date + number * DAY_MS);
    if (step === "week") return new Date(+date + 7 * number * DAY_MS);
    if (step === "month") return new Date(Date.UTC(year, month + number, 1));
    if (step === "quarter") return new Date(Date.UTC(year, month + 3 * number, 1));
    return new Date(Date.UTC(year + number, 0, 1));
  }

  function chooseStep(span) {
    const days = (day(span[1]) - day(span[0])) / DAY_MS + 1;
    return (STEPS.find(([, , length]) => days / length <= MOST_FRAMES) || STEPS[STEPS.length - 1])[0];
  }

  window.LiveLayer.include({
    addPlayControl(map) {
      const control = new L.Control({ position: "topleft" });
      control.onAdd = () => {
        const bar = element("div", "leaflet-bar");
        this.playButton = addButton(bar, "incident-play-open", "▷", "Play through time",
          () => { if (this.player) this.closePlayer(); else this.openPlayer(); });
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      };
      control.addTo(map);
      const place = new L.Control({ position: "bottomleft" });
      place.onAdd = () => {
        this.playBox = element("div", "incident-player");
        this.playBox.hidden = true;
        L.DomEvent.disableClickPropagation(this.playBox);
        L.DomEvent.disableScrollPropagation(this.playBox);
        return this.playBox;
      };
      place.addTo(map);
    },

    /** Days that the player moves through: the chosen dates, else all of the table. */
    playSpan() {
      const dates = new URLSearchParams(this.view.query).getAll("dates");
      return dates.length === 2 ? dates : dates.length === 1 ? [dates[0], dates[0]] : this.view.span;
    },

    openPlayer() {
      const span = this.playSpan();
      if (!span) return;
      this.player = { span, step: chooseStep(span), length: 1, frame: 0, isRunning: false };
      this.playButton.classList.add("on");
      this.buildPlayer();
      this.playBox.hidden = false;
      this.runPlayer(true);
    },

    buildPlayer() {
      const player = this.player;
      const button = (name, sign, title, run) => {
        const node = element("button", name, sign);
        node.type = "button";
        node.title = title;
        node.setAttribute("aria-label", title);
        node.onclick = run;
        return node;
      };
      const select = (name, title, options, value, run) => {
        const node = element("select", name);
        node.setAttribute("aria-label", title);
        node.title = title;
        for (const [own, words] of options) {
          const option = element("option", "", words);
          option.value = own;
          option.selected = String(own) === String(value);
          node.append(option);
        }
        node.onchange = () => run(node.value);
        return node;
      };
      player.toggle = button("incident-play-toggle", "⏸", "Pause", () => this.runPlayer(!player.isRunning));
      player.slider = element("input", "incident-play-slider");
      player.slider.type = "range";
      player.slider.min = 0;
      player.slider.setAttribute("aria-label", "Position in time");
      player.slider.oninput = () => { this.runPlayer(false); this.showFrame(Number(player.slider.value)); };
      player.label = element("output", "incident-play-label");
      player.save = button("incident-play-save", "Save as GIF",
        "Save the incidents of this window of the map as an animation", () => this.savePlayback());
      const settings = element("span", "incident-play-settings");
      settings.append(element("span", "", "Window of "),
        select("incident-play-length", "Length of the window", LENGTHS.map((n) => [n, n]), player.length,
          (value) => { player.length = Number(value); this.measurePlayer(); this.showFrame(player.frame); }),
        select("incident-play-step", "Step of the window", STEPS.map(([own, words]) => [own, words]), player.step,
          (value) => { player.step = value; this.measurePlayer(); this.showFrame(0); }));
      this.playBox.replaceChildren(player.toggle,
        button("incident-play-stop", "■", "Stop and keep these dates", () => this.stopPlayer()),
        player.slider, player.label, settings, player.save,
        button("incident-play-close", "✕", "Close and show all dates again", () => this.closePlayer()));
      this.measurePlayer();
    },

    measurePlayer() {
      const player = this.player;
      const [first, last] = player.span.map(day);
      player.start = startOf(first, player.step);
      let steps = 1;
      while (add(player.start, player.step, steps) <= last) steps += 1;
      // The last window ends with the last step.
      const frames = Math.max(1, steps - player.length + 1);
      player.frames = frames;
      player.save.disabled = frames > MOST_PICTURES;
      player.save.textContent = player.save.disabled ? "Too long for a GIF" : "Save as GIF";
      player.slider.max = frames - 1;
    },

    /** First and last day of a frame's window, within the days that are played. */
    frameDates(frame) {
      const { span, start, step, length } = this.player;
      const first = add(start, step, frame);
      const last = new Date(+add(first, step, length) - DAY_MS);
      return [iso(first) < span[0] ? span[0] : iso(first), iso(last) > span[1] ? span[1] : iso(last)];
    },

    async showFrame(frame) {
      const player = this.player;
      player.frame = Math.max(0, Math.min(frame, player.frames - 1));
      player.slider.value = player.frame;
      this.playing = this.frameDates(player.frame);
      const [first, last] = this.playing;
      const words = first === last ? sayDay(day(first)) : `${sayDay(day(first))} – ${sayDay(day(last))}`;
      player.label.textContent = words;
      player.slider.setAttribute("aria-valuetext", words);
      await this.ask();
      this.leadPage();
    },

    /** Heading, figures, list and timeline follow as fast as they can: the days that are played are
     * told once the page shows those that were told last. */
    leadPage() {
      if (!this.playing || String(this.playing) === String(this.led)) return;
      const isWaiting = String(this.led || "") !== String(this.view.playing || "");
      if (isWaiting && performance.now() - this.ledAt < MOST_WAIT_MS) return;
      this.led = this.playing;
      this.ledAt = performance.now();
      this.send({ playing: this.playing });
    },

    /** The page shows other days now, or still those of a player that is gone. */
    hearPage() {
      if (this.playing) this.leadPage();
      else if (this.view.playing && !this.player) this.releasePage();
    },

    releasePage() {
      this.led = null;
      this.send({ playing: "" });
    },

    savePlayback() {
      return this.download(this.gifAddress(), this.player.save, "Save as GIF");
    },

    gifAddress() {
      const parameters = this.parameters();
      parameters.delete("dates");
      for (const each of this.player.span) parameters.append("dates", each);
      for (const name of ["view", "shade", "before", "incident"]) parameters.delete(name);
      parameters.set("step", this.player.step);
      parameters.set("length", this.player.length);
      return `playback.gif?${parameters}`;
    },

    async runPlayer(isRunning) {
      const player = this.player;
      if (player.isRunning === isRunning) return;
      player.isRunning = isRunning;
      player.toggle.textContent = isRunning ? "⏸" : "▶";
      player.toggle.title = isRunning ? "Pause" : "Play";
      player.toggle.setAttribute("aria-label", player.toggle.title);
      if (!isRunning) return;
      const run = (player.run || 0) + 1;
      player.run = run;
      const isCurrent = () => this.player === player && player.isRunning && player.run === run;
      if (player.frame >= player.frames - 1) player.frame = 0;
      else if (this.playing) player.frame += 1;
      while (isCurrent()) {
        const due = performance.now() + FRAME_MS;
        // A slow server slows the player down; no frame is left out.
        await this.showFrame(player.frame);
        await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
        if (!isCurrent()) return;
        if (player.frame >= player.frames - 1) this.runPlayer(false);
        else player.frame += 1;
      }
    },

    stopPlayer() {
      const dates = this.playing;
      this.endPlayer();
      this.led = null;
      if (dates) this.tellPage({ dates });
    },

    closePlayer() {
      this.endPlayer();
      if (this.led) this.releasePage();
      this.ask();
    },

    endPlayer() {
      if (this.player) this.player.isRunning = false;
      this.player = null;
      this.playing = null;
      this.playBox.hidden = true;
      this.playButton.classList.remove("on");
    },

    /** Other filters may have other days: the player starts over with them. */
    followFilters() {
      if (!this.player) return;
      const span = this.playSpan();
      if (!span) {
        this.endPlayer();
        if (this.led) this.releasePage();
      }
      else if (span.join() !== this.player.span.join()) {
        this.player.span = span;
        this.measurePlayer();
        this.player.frame = Math.min(this.player.frame, this.player.frames - 1);
        this.playing = this.frameDates(this.player.frame);
      }
    },
  });
})();
