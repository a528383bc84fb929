/**
 * pass 0: all rows in colour; 1: rows outside the selection, grey; 2: rows of the selection, in colour.
 * A row that is not drawn goes beyond the clip volume.
 */
export const vertexSource = `#version 300 es
precision highp float;
in float x;
in float y;
in uint colour;
in uint state;
uniform vec2 centre;
uniform vec2 scale;
uniform float size;
uniform float maxSize;
uniform float alpha;
uniform float contextAlpha;
uniform vec3 context;
uniform int pass;
uniform bool turned;
uniform sampler2D palette;
flat out vec4 tint;
flat out float diameter;
flat out int form;

void main() {
  bool selected = (state & 1u) != 0u;
  bool flagged = (state & 2u) != 0u;
  bool missing = colour == 255u;
  bool hidden = isnan(x) || isnan(y) || isinf(x) || isinf(y) || (pass == 1 && selected) || (pass == 2 && !selected);
  bool grey = missing || pass == 1;
  vec4 entry = texelFetch(palette, ivec2(int(colour), 0), 0);
  tint = vec4(grey ? context : entry.rgb, grey ? contextAlpha : alpha);
  diameter = min(size * (pass == 2 ? 1.2 : 1.0) + (flagged ? 2.0 : 0.0), maxSize - 2.0);
  form = flagged ? 4 : (grey || size < 5.0) ? 0 : int(entry.a * 255.0 + 0.5);
  gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : vec4((turned ? vec2(y, x) - centre.yx : vec2(x, y) - centre) * scale, 0.0, 1.0);
  gl_PointSize = diameter < 3.0 ? diameter : diameter + 2.0;
}`

/** Signed distances to the outline, negative inside, in device pixels; one pixel of smooth edge. */
export const fragmentSource = `#version 300 es
precision mediump float;
flat in vec4 tint;
flat in float diameter;
flat in int form;
uniform float rim;
uniform vec3 ground;
out vec4 colourOut;

void main() {
  // Below three pixels a disc is a dot of ink; skipping the outline saves a quarter of a software picture.
  if (diameter < 3.0) {
    colourOut = vec4(tint.rgb * tint.a, tint.a);
    return;
  }
  vec2 p = (gl_PointCoord - 0.5) * (diameter + 2.0);
  float r = 0.5 * diameter;
  float d = length(p) - r;
  if (form == 1) d = max(abs(p.x), abs(p.y)) - 0.86 * r;
  else if (form == 2) d = (abs(p.x) + abs(p.y) - 1.2 * r) * 0.7071;
  else if (form == 3) d = max(abs(p.x) * 0.866 - p.y * 0.5 - 0.62 * r, p.y - 0.62 * r);
  else if (form == 4) d = abs(length(p) - r + 0.8) - max(0.6, 0.14 * r);
  float cover = clamp(0.5 - d, 0.0, 1.0);
  if (cover <= 0.0) discard;
  float inner = (rim > 0.0 && form != 4) ? clamp(0.5 - d - rim, 0.0, 1.0) : 1.0;
  float a = cover * (form == 4 ? tint.a : tint.a);
  colourOut = vec4(mix(ground, tint.rgb, inner) * a, a);
}`
