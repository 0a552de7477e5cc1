using System.Globalization;
using System.Text;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Reports;

/// <summary>
/// Draws what was needed against what served. A column stands for several minutes: the most that was needed in them, the
/// fewest instances that served; a single short minute reddens its column.
/// </summary>
internal static class FleetChart
{
    private const int Width = 1120;
    private const int Left = 40;
    private const int Bottom = 18;
    private const int Top = 12;
    private const int Lines = 4;

    /// <summary>One drawing of minutes.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="minutes">From and to.</param>
    /// <param name="height">Of the drawing, in its own units.</param>
    /// <param name="title">For who cannot see it.</param>
    public static string Draw(BacktestResult result, (int From, int To) minutes, int height, string title)
    {
        var columns = Columns(result, minutes);
        var highest = Math.Max(1, columns.Max(column => Math.Max(Math.Max(column.Needed, column.Most), column.Predicted ?? 0)));
        var step = Math.Max(1, (int)Math.Ceiling(highest / (double)Lines));
        var top = step * (int)Math.Ceiling(highest / (double)step);
        var wide = (Width - Left) / (double)columns.Count;
        var svg = new StringBuilder();
        svg.Append(Number($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{ReportPage.Text(title)}\">\n"));
        for (var count = 0; count <= top; count += step)
        {
            svg.Append(Number($"<path class=\"grid\" d=\"M{Left} {Y(count):0.#}H{Width}\"/><text x=\"{Left - 6}\" y=\"{Y(count) + 4:0.#}\" text-anchor=\"end\">{count}</text>\n"));
        }

        Marks("capped", column => column.IsCapped, Top, height - Top - Bottom);
        if (columns.Exists(column => column.Predicted is not null))
        {
            svg.Append($"<path class=\"band\" d=\"{Steps(column => column.Predicted ?? 0, isArea: true)}\"/>\n");
        }

        svg.Append($"<path class=\"need\" d=\"{Steps(column => column.Needed, isArea: true)}\"/>\n");
        svg.Append($"<path class=\"have\" d=\"{Steps(column => column.Fewest, isArea: false)}\"/>\n");
        Marks("short", column => column.ShortMinutes > 0, Top - 10, 6);
        foreach (var (at, text) in Labels(result.Load, minutes))
        {
            svg.Append(Number($"<text x=\"{Left + ((Width - Left) * (at - minutes.From) / (double)(minutes.To - minutes.From)):0.#}\" y=\"{height - 4}\">{text}</text>\n"));
        }

        return svg.Append("</svg>\n").ToString();

        double Y(double count) => Top + ((height - Top - Bottom) * (1 - (count / top)));

        string Steps(Func<Column, double> value, bool isArea)
        {
            var path = new StringBuilder(isArea ? Number($"M{Left} {Y(0):0.#}") : "");
            double? last = null;
            for (var i = 0; i < columns.Count; i++)
            {
                // Only where it changes: a day of a calm fleet is a few letters.
                if (value(columns[i]) is var now && now != last)
                {
                    path.Append(last is null && !isArea
                        ? Number($"M{Left + (i * wide):0.#} {Y(now):0.#}")
                        : Number($"H{Left + (i * wide):0.#}V{Y(now):0.#}"));
                    last = now;
                }
            }

            return path.Append(Number($"H{Width}")).Append(isArea ? Number($"V{Y(0):0.#}Z") : "").ToString();
        }

        void Marks(string style, Func<Column, bool> isMarked, int y, int tall)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                var first = i;
                while (i < columns.Count && isMarked(columns[i]))
                {
                    i++;
                }

                if (i > first)
                {
                    svg.Append(Number($"<rect class=\"{style}\" x=\"{Left + (first * wide):0.#}\" y=\"{y}\" width=\"{Math.Max(1, (i - first) * wide):0.#}\" height=\"{tall}\"/>\n"));
                }
            }
        }
    }

    private static List<Column> Columns(BacktestResult result, (int From, int To) minutes)
    {
        var (demand, course) = (result.Load.Demand, result.Course);
        var each = Math.Max(1, (int)Math.Ceiling((minutes.To - minutes.From) / (double)(Width - Left)));
        var columns = new List<Column>();
        for (var first = minutes.From; first < minutes.To; first += each)
        {
            var column = new Column { Fewest = int.MaxValue };
            for (var minute = first; minute < Math.Min(minutes.To, first + each); minute++)
            {
                column.Needed = Math.Max(column.Needed, demand.Needed[minute]);
                column.Fewest = Math.Min(column.Fewest, course.Serving[minute]);
                column.Most = Math.Max(column.Most, course.Serving[minute]);
                column.ShortMinutes += course.Serving[minute] < demand.Needed[minute] ? 1 : 0;
                column.IsCapped |= result.Load.IsCapped(minute);
                column.Predicted = result.Predicted.Count > 0 && result.Predicted[minute] is { } foreseen ? Math.Max(column.Predicted ?? 0, foreseen) : column.Predicted;
            }

            columns.Add(column);
        }

        return columns;
    }

    /// <summary>Midnights where days are many, else every third hour, by UTC.</summary>
    private static IEnumerable<(int At, string Text)> Labels(ReplayedLoad load, (int From, int To) minutes)
    {
        var hours = (minutes.To - minutes.From) / 60d;
        var every = TimeSpan.FromHours(hours > 24 * 14 ? 48 : hours > 36 ? 24 : 3);
        var from = load.At(minutes.From);
        var first = new DateTimeOffset(((from.UtcTicks / every.Ticks) + 1) * every.Ticks, TimeSpan.Zero);
        for (var at = first; at < load.At(minutes.To); at += every)
        {
            yield return (minutes.From + (int)(at - from).TotalMinutes, at.ToString(every.TotalHours >= 24 ? "MM-dd" : "HH:mm", CultureInfo.InvariantCulture));
        }
    }

    private static string Number(FormattableString text) => FormattableString.Invariant(text);

    private sealed class Column
    {
        public int Needed { get; set; }

        public int Fewest { get; set; }

        public int Most { get; set; }

        public int ShortMinutes { get; set; }

        public bool IsCapped { get; set; }

        public int? Predicted { get; set; }
    }
}
