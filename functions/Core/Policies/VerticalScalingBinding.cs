using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: VerticalScaling</c>.</summary>
internal static class VerticalScalingBinding
{
    public const string Kind = "VerticalScaling";

    /// <summary>Azure Monitor has averages of five minutes; of fewer of them nobody can say that something lasts.</summary>
    public static readonly TimeSpan ShortestLook = TimeSpan.FromMinutes(10);

    /// <summary>Each target's samples of this span are read every few minutes; for more of them there is rightsizing.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromDays(2);

    /// <summary>A signal that never exceeds what is asked says nothing; 100 percent of a size is all of it.</summary>
    private const double MostPercent = 99;

    private const int FewestSizes = 2;

    internal static readonly TimeSpan ShortestRest = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.VerticalScaling);

    private static readonly FieldNames UpNames = FieldNames.Of(PolicyShapesJson.Default.SizeUp);

    private static readonly FieldNames DownNames = FieldNames.Of(PolicyShapesJson.Default.SizeDown);

    private static readonly FieldNames AboveNames = FieldNames.Of(PolicyShapesJson.Default.UseAbove);

    private static readonly FieldNames BelowNames = FieldNames.Of(PolicyShapesJson.Default.UseBelow);

    private static readonly FieldNames WindowNames = FieldNames.Of(PolicyShapesJson.Default.ChangeWindow);

    internal static readonly FieldNames RollOutNames = FieldNames.Of(PolicyShapesJson.Default.RollOut);

    public static VerticalScalingPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var (up, down) = (
            Thresholds(fields.Optional("up")?.Fields(UpNames), "above", AboveNames, SizeThresholds.DefaultUp),
            Thresholds(fields.Optional("down")?.Fields(DownNames), "below", BelowNames, SizeThresholds.DefaultDown));
        CheckApart(spec, fields, "cpu", up.Cpu, down.Cpu);
        CheckApart(spec, fields, "memory", up.Memory, down.Memory);
        if (fields.Has("sizes") == fields.Has("family"))
        {
            spec.Fail(fields.Has("sizes")
                ? "has both 'sizes' and 'family'; the ladder is either listed, or all that a family has"
                : "needs 'sizes', the ladder with the smallest first, or 'family', such as standardDSv5Family");
        }

        (bool Restart, bool Stop) only = fields.Optional("onlyInstance")?.Choice(("keep", (false, false)), ("mayRestart", (true, false)), ("mayStop", (true, true))) ?? default;
        return new VerticalScalingPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workload = fields.Required("workload")?.Name() ?? "",
            Mode = fields.Optional("mode")?.Choice(("recommend", SizeMode.Recommend), ("act", SizeMode.Act)) ?? SizeMode.Recommend,
            Sizes = Sizes(fields.Optional("sizes")),
            Family = fields.Optional("family")?.Name(),
            Up = up,
            Down = down,
            Window = fields.Optional("window") is { } window ? Window(window, header) : null,
            RollOut = RollOut(fields.Optional("rollOut")?.Fields(RollOutNames)),
            Guard = fields.Optional("guard") is { } guard ? GuardTermsBinding.Bind(guard) : null,
            MayInterrupt = only.Restart,
            MayStop = only.Stop,
            Rest = fields.Optional("rest")?.Duration(ShortestRest) ?? TimeSpan.FromDays(1),
            Source = header.Source,
            Extends = header.Extends,
            Origins = header.Origins,
        };
    }

    private static List<string> Sizes(PolicyField? field)
    {
        List<string> sizes = [];
        foreach (var item in field?.Items() ?? [])
        {
            if (item.Text(TextFields.MaximumLength) is { } size)
            {
                if (sizes.Contains(size, StringComparer.OrdinalIgnoreCase))
                {
                    item.Fail($"is '{size}', which stands on the ladder already");
                }

                sizes.Add(size);
            }
        }

        if (field?.Node is PolicyNode.Sequence { Items.Count: > 0 and < FewestSizes })
        {
            field.Fail($"needs at least {FewestSizes} sizes, the smallest first; with one there is nothing to choose");
        }

        return sizes;
    }

    private static SizeThresholds Thresholds(PolicyFields? fields, string word, FieldNames names, SizeThresholds usual) => new(
        Threshold(fields?.Optional("cpu")?.Fields(names), word, usual.Cpu), Threshold(fields?.Optional("memory")?.Fields(names), word, usual.Memory));

    private static SizeThreshold Threshold(PolicyFields? fields, string word, SizeThreshold usual)
    {
        var look = fields?.Optional("for");
        var span = look?.Duration(ShortestLook);
        if (span > LongestLook)
        {
            look!.MustBe($"from {DurationText.Of(ShortestLook)} to {DurationText.Of(LongestLook)}");
        }

        return new SizeThreshold(fields?.Optional(word)?.PositiveNumber(MostPercent) ?? usual.Percent, span ?? usual.For);
    }

    /// <summary>One that is small enough to be given up and busy enough to be left would be changed back and forth.</summary>
    private static void CheckApart(PolicyField spec, PolicyFields fields, string what, SizeThreshold up, SizeThreshold down)
    {
        if (down.Percent >= up.Percent)
        {
            (fields.Optional("down") ?? fields.Optional("up") ?? spec).Fail(string.Create(CultureInfo.InvariantCulture,
                $"gives a size up below {down.Percent:0.##} percent of its {what} and asks for a bigger one above {up.Percent:0.##}; the first must be less"));
        }
    }

    internal static SizeWindow? Window(PolicyField field, PolicyHeader header)
    {
        if (field.Fields(WindowNames) is not { } fields)
        {
            return null;
        }

        var when = fields.Required("when");
        var window = when?.When();
        if (window is TimeWindow.Once)
        {
            when!.Fail("is one span of time; sizes are changed in windows that come every week, such as Mon-Fri 01:00-05:00");
        }

        var zone = fields.Optional("timeZone")?.Zone() ?? DateTimeZone.Utc;
        var except = fields.Optional("exceptOn")?.Holidays(header);
        var holdsUp = fields.Optional("holds")?.Choice(("down", false), ("both", true)) ?? true;
        return window is null ? null : new SizeWindow(new ZonedWindow(window, zone) { Except = except ?? new HashSet<LocalDate>() }, holdsUp);
    }

    internal static RollOutTerms RollOut(PolicyFields? fields)
    {
        var batch = fields?.Optional("batch");
        var share = batch?.Share();
        if (share == 0)
        {
            batch!.MustBe("more than 0");
        }

        return new RollOutTerms(
            share ?? RollOutTerms.Default.Batch,
            fields?.Optional("pause")?.Duration(ShortestPause) ?? RollOutTerms.Default.Pause,
            fields?.Optional("watch")?.Duration(ShortestPause) ?? RollOutTerms.Default.Watch);
    }
}
