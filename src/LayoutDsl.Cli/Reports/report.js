// Zoom with the wheel or the buttons, drag to move, point to read. Without this script the map is there all the same.
(() => {
  const map = document.getElementById('map'), said = document.getElementById('said');
  if (!map) return;
  const whole = map.viewBox.baseVal, all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const at = { ...all };
  const show = () => {
    at.width = Math.min(at.width, all.width);
    at.height = Math.min(at.height, all.height);
    at.x = Math.min(Math.max(at.x, 0), all.width - at.width);
    at.y = Math.min(Math.max(at.y, 0), all.height - at.height);
    map.setAttribute('viewBox', `${at.x} ${at.y} ${at.width} ${at.height}`);
  };
  const zoom = (factor, fx, fy) => {
    const width = Math.max(all.width / 200, Math.min(all.width, at.width * factor)), height = Math.max(all.height / 20, Math.min(all.height, at.height * Math.sqrt(factor)));
    at.x += (at.width - width) * fx;
    at.y += (at.height - height) * fy;
    at.width = width;
    at.height = height;
    show();
  };
  const place = event => {
    const box = map.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  map.addEventListener('wheel', event => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.25 : 0.8, ...place(event)); }, { passive: false });
  let from = null;
  map.addEventListener('pointerdown', event => { from = [...place(event), at.x, at.y]; map.setPointerCapture(event.pointerId); });
  map.addEventListener('pointerup', () => { from = null; });
  map.addEventListener('pointermove', event => {
    const [x, y] = place(event);
    if (from) {
      at.x = from[2] - (x - from[0]) * at.width;
      at.y = from[3] - (y - from[1]) * at.height;
      show();
    }
    const under = document.elementFromPoint(event.clientX, event.clientY), title = under && under.closest('rect') && under.querySelector('title');
    said.textContent = title ? title.textContent : '';
  });
  document.getElementById('in').addEventListener('click', () => zoom(0.5, 0.5, 0.5));
  document.getElementById('out').addEventListener('click', () => zoom(2, 0.5, 0.5));
  document.getElementById('all').addEventListener('click', () => { Object.assign(at, all); show(); });
})();
