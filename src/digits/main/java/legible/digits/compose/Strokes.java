package legible.digits.compose;

import java.util.ArrayList;
import java.util.List;
import legible.digits.numbers.Alphabet;

/// Signs as a pen draws them: lines and curves through a few points, for the signs that MNIST does
/// not have, and for ways of writing digits that its American writers seldom used: a 1 with an
/// upstroke, a 7 with a bar, an open 4.
///
/// A form is strokes divided by `|`; a stroke is `l` (straight) or `c` (curved) and its points `x,y`,
/// with x from 0 to the right and y from 0, the top of a digit, down to 1, the line of writing.
final class Strokes {
  private static final String[][] FORMS = {
    {
      "c.45,.02 .12,.2 .03,.6 .25,.98 .55,.85 .65,.4 .5,.05 .38,.02",
      "c.35,.02 .05,.3 .05,.75 .35,1 .65,.7 .6,.25 .35,.02 .6,.0",
      "c.35,.02 .05,.3 .05,.75 .35,1 .65,.7 .6,.25 .3,.02",
      "c.05,.1 .3,.05 .1,.5 .3,.98 .6,.7 .5,.2 .3,.05 .7,.1"
    },
    {
      "l0,.35 .35,0 .3,1",
      "l0,.5 .35,0 .2,1",
      "l0,.4 .4,0 .35,1|l.08,1 .62,1",
      "l.2,0 .12,1",
      "l0,.65 .45,0 .3,1",
      "l0,.85 .5,0 .35,1",
      "c0,.25 .18,.15 .25,0|l.25,0 .2,1",
      "c0,.35 .2,.2 .35,0 .28,.5 .2,1",
      "c.35,0 .2,.5 .15,.95 .3,.9"
    },
    {
      "c.02,.25 .25,.02 .55,.2 .4,.55 .05,.95|c.05,.95 .35,.9 .7,.97",
      "c.02,.2 .3,0 .55,.2 .35,.65 .08,.95 .02,.8 .2,.8 .45,.98 .7,.9",
      "c.02,.2 .3,0 .55,.25 .35,.65 .02,.98|l.02,.98 .6,.98",
      "c.1,.35 .05,.1 .35,0 .5,.25 .35,.65 .1,.92 .02,.8 .2,.8 .4,.92 .7,.95",
      "c.3,.38 .08,.3 .12,.06 .4,.0 .52,.25 .32,.7 .05,.95 .04,.82 .3,.86 .65,.97",
      "c.2,.4 .0,.25 .15,.02 .45,.05 .5,.35 .25,.8 .05,.98|l.05,.98 .65,.92"
    },
    {
      "c.05,.1 .35,0 .55,.2 .25,.45|c.25,.45 .6,.6 .5,.95 .2,1 0,.85",
      "l.05,.02 .55,.02 .25,.4|c.25,.4 .6,.55 .55,.9 .25,1 0,.88",
      "c.1,.15 .4,.0 .5,.25 .2,.45 .2,.45 .55,.6 .4,.95 .0,.95"
    },
    {
      "l.15,0 0,.6 .65,.55|l.5,.25 .4,1",
      "l.5,1 .5,0 0,.65 .7,.65",
      "c.15,0 .08,.3 .02,.55|l.02,.55 .65,.5|l.55,.05 .45,1",
      "l.4,0 0,.6 .7,.6|l.45,.35 .4,1",
      "c.08,0 .0,.35 .12,.5 .45,.4|l.5,.0 .4,1",
      "l.1,.05 .0,.55 .5,.5|l.65,.0 .35,1",
      "c.3,.0 .05,.7 .02,.75 .3,.55 .4,.62 .3,1",
      "c.18,.0 .0,.58 .2,.55 .4,.42 .36,.7 .3,1",
      "l.3,.0 .0,.68 .1,.62|c.1,.62 .35,.45 .42,.6 .38,1",
      "c.08,.05 .02,.4 .2,.55 .45,.42 .5,.1|c.5,.05 .47,.6 .4,1"
    },
    {
      "l.6,.02 .15,.02 .1,.42|c.1,.42 .4,.35 .6,.65 .4,.97 .02,.92",
      "c.6,.05 .15,.1 .15,.4 .5,.55 .5,.9 .2,1 0,.9",
      "l.15,.05 .1,.42|c.1,.42 .4,.35 .55,.65 .4,.97 .02,.92|l.15,.04 .65,0",
      "c.0,.55 .1,.95 .18,.6 .22,.12|l.22,.1 .65,.04",
      "l.02,.5 .14,.95 .2,.08 .65,.03",
      "l.12,.12 .1,.4|c.1,.4 .32,.45 .3,.8 .05,1|c.12,.12 .3,.15 .6,.03",
      "c.2,.08 .15,.4 .3,.5 .3,.8 .0,.98|l.2,.08 .6,.05"
    },
    {
      "c.5,0 .15,.3 0,.75 .2,1 .5,.85 .45,.55 .15,.6 .03,.8",
      "c.25,0 .05,.4 .02,.8 .25,1 .5,.8 .35,.58 .05,.75",
      "c.4,.0 .12,.35 .05,.8 .3,1 .45,.75 .25,.6 .05,.8"
    },
    {
      "l0,.03 .6,.03 .25,1",
      "l0,.05 .6,.03 .25,1|l.08,.5 .55,.5",
      "l0,.2 .02,.03 .6,.03 .25,1|l.1,.5 .55,.48",
      "c0,.15 .15,.02 .35,.1 .6,.02|c.6,.02 .4,.5 .3,1|l.1,.55 .6,.5",
      "l.05,.12 .45,.05 .3,1|l.0,.5 .6,.42",
      "c.0,.2 .1,.05 .3,.1 .5,.05 .4,.4 .3,1|l.05,.5 .6,.45"
    },
    {
      "c.55,.12 .25,0 .08,.2 .3,.45 .55,.75 .3,1 .03,.78 .3,.45 .5,.25 .55,.12",
      "c.5,.05 .15,.1 .2,.4 .55,.7 .35,1 .05,.8 .3,.5 .55,.2 .45,0",
      "c.5,.1 .3,.0 .15,.2 .35,.45 .4,.8 .2,1 .08,.8 .3,.45 .55,.05"
    },
    {
      "c.5,.2 .25,0 .02,.2 .2,.45 .5,.25 .52,.1|c.52,.1 .48,.6 .4,1",
      "c.5,.2 .25,0 .02,.2 .2,.45 .5,.25 .52,.1 .5,.6 .35,.95 .05,.95",
      "c.45,.05 .1,.05 .05,.35 .35,.4 .5,.1|l.5,.05 .35,1",
      "c.1,.4 .4,.38 .5,.12 .25,0 .06,.2 .1,.6 .12,1",
      "c.08,1 .06,.5 .1,.12 .38,.0 .48,.2 .3,.42 .1,.36",
      "c.3,.42 .5,.3 .45,.05 .2,.02 .08,.25 .12,.6 .05,1",
      "c.15,.35 .45,.3 .4,.02 .1,.1 .1,.4 .2,.7 .1,1",
      "c.1,.45 .45,.4 .48,.12 .25,.0 .05,.25 .1,.75 .3,1 .5,.92",
      "c.1,.4 .42,.35 .42,.08 .15,.02 .02,.3 .1,.7 .25,.98"
    },
    {"l.03,.97 .05,1", "l.02,.95 .06,.98", "l.02,.75 .05,.78", "l.02,.55 .05,.58"},
    {"l.08,.92 0,1.15", "c.08,.9 .1,1.02 0,1.2", "l.05,.9 0,1.1"},
    {
      "l0,.55 .5,.52",
      "l0,.55 .3,.55",
      "l0,.45 .45,.45|l0,.62 .45,.6",
      "l0,.42 .4,.38|l0,.6 .4,.58",
      "l0,.35 .35,.25|l.02,.55 .35,.45",
      "l0,.5 .25,.45|l0,.7 .25,.68",
      "c0,.55 .3,.48 .6,.6 .9,.52",
      "l0,.5 1.2,.5"
    },
    {"l0,.3 .4,.7|l.4,.3 0,.7|l.2,.22 .2,.78", "l0,.5 .4,.5|l.08,.3 .32,.7|l.32,.3 .08,.7"},
    {"c.5,.2 .25,.08 .03,.28 .28,.5 .52,.72 .25,.92 0,.8|l.27,-.08 .25,1.08"},
    {"l.5,-.12 0,1.15", "l.35,-.1 0,1.1"}
  };

  /// Straight pieces between two points of a curve.
  private static final int PIECES = 5;

  private Strokes() {}

  /// A form of a sign with every point moved a little.
  ///
  /// @param sign a class of [Alphabet]
  /// @param wobble standard deviation of the moves, in heights of a digit
  static List<float[]> of(int sign, Draws draws, float wobble) {
    String[] forms = FORMS[sign];
    List<float[]> strokes = new ArrayList<>();
    float aspect = sign < Alphabet.DIGITS ? draws.uniform(0.75, 1.25) : draws.uniform(0.7, 1.4);
    for (String stroke : forms[draws.below(forms.length)].split("\\|")) {
      String[] points = stroke.substring(1).split(" ");
      float[] line = new float[2 * points.length];
      for (int i = 0; i < points.length; i++) {
        int comma = points[i].indexOf(',');
        line[2 * i] =
            Float.parseFloat(points[i].substring(0, comma)) * aspect + draws.jitter(wobble);
        line[2 * i + 1] = Float.parseFloat(points[i].substring(comma + 1)) + draws.jitter(wobble);
      }
      strokes.add(stroke.charAt(0) == 'c' ? curve(line) : line);
    }
    return strokes;
  }

  /// A smooth curve through points.
  ///
  /// Source: Catmull & Rom 1974.
  private static float[] curve(float[] points) {
    int count = points.length / 2;
    float[] result = new float[2 * ((count - 1) * PIECES + 1)];
    for (int i = 0; i < count - 1; i++) {
      for (int j = 0; j < PIECES; j++) {
        float t = (float) j / PIECES;
        for (int axis = 0; axis < 2; axis++) {
          float a = points[2 * Math.max(0, i - 1) + axis];
          float b = points[2 * i + axis];
          float c = points[2 * i + 2 + axis];
          float d = points[2 * Math.min(count - 1, i + 2) + axis];
          result[2 * (i * PIECES + j) + axis] =
              0.5f
                  * (2 * b
                      + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
        }
      }
    }
    result[result.length - 2] = points[points.length - 2];
    result[result.length - 1] = points[points.length - 1];
    return result;
  }

  /// The smallest and largest x.
  static float[] extent(List<float[]> strokes) {
    float[] extent = {Float.MAX_VALUE, -Float.MAX_VALUE};
    for (float[] stroke : strokes) {
      for (int i = 0; i < stroke.length; i += 2) {
        extent[0] = Math.min(extent[0], stroke[i]);
        extent[1] = Math.max(extent[1], stroke[i]);
      }
    }
    return extent;
  }
}
