using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: BudgetAlerts</c>.</summary>
internal static class BudgetAlertsBinding
{
    public const string Kind = "BudgetAlerts";

    public const double MostAmount = 1e12;

    /// <summary>Nobody reads a message, and undoes what it announces, in less.</summary>
    private static readonly TimeSpan ShortestNotice = TimeSpan.FromMinutes(5);

    /// <summary>The quarters of an hour of a week in which no zone changes its clocks.</summary>
    private static readonly DateTimeOffset[] Quarters =
        [.. Enumerable.Range(0, 7 * 24 * 4).Select(quarter => new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero) + (quarter * TimeSpan.FromMinutes(15)))];

    private static readonly (string Word, BudgetStepKind Kind)[] Kinds =
    [
        ("notify", BudgetStepKind.Notify),
        ("offHours", BudgetStepKind.OffHours),
        ("lowerMaximum", BudgetStepKind.LowerMaximum),
        ("stop", BudgetStepKind.Stop),
        ("cheaperSize", BudgetStepKind.CheaperSize),
        ("freezeScaleOut", BudgetStepKind.FreezeScaleOut),
    ];

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.BudgetAlerts);

    private static readonly FieldNames ThresholdNames = FieldNames.Of(PolicyShapesJson.Default.BudgetThresholds);

    private static readonly FieldNames StepNames = FieldNames.Of(PolicyShapesJson.Default.BudgetStepShape);

    private static readonly FieldNames TriggerNames = FieldNames.Of(PolicyShapesJson.Default.BudgetWhen);

    private static readonly FieldNames UndoNames = FieldNames.Of(PolicyShapesJson.Default.BudgetUndoShape);

    /// <summary>The words of steps, the mildest first.</summary>
    internal static IReadOnlyList<string> Words { get; } = [.. Kinds.Select(kind => kind.Word)];

    internal static string WordOf(BudgetStepKind kind) => Kinds.First(each => each.Kind == kind).Word;

    public static BudgetAlertsPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        if (fields.Has("amount") == fields.Has("budget"))
        {
            spec.Fail("needs either 'amount' or 'budget', the id of a budget of Azure, and not both");
        }

        if (fields.Has("budget") && fields.Optional("period") is { } period)
        {
            period.Fail("is that of the budget of Azure; remove it");
        }

        var budget = fields.Optional("budget") is { } named ? Budget(named) : null;
        var thresholds = fields.Optional("thresholds")?.Fields(ThresholdNames);
        var ladder = (fields.Optional("ladder")?.Items() ?? []).Select(item => Step(item, header.Kinds)).OfType<(BudgetStep Step, PolicyField Field)>().ToList();
        CheckOrder(ladder);
        if ((thresholds is null || (!thresholds.Has("actual") && !thresholds.Has("forecast"))) && ladder.Count == 0)
        {
            spec.Fail("does nothing; give 'thresholds', a 'ladder' or both");
        }

        return new BudgetAlertsPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Scope = Scope(fields, budget?.Scope, spec),
            Tags = fields.Optional("tags") is { } tags ? WorkloadBinding.Tags(tags) : new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase),
            Amount = (decimal?)fields.Optional("amount")?.PositiveNumber(MostAmount),
            Budget = budget?.Id ?? "",
            Currency = fields.Required("currency")?.Currency() ?? "",
            Period = fields.Optional("period")?.Choice(("month", BudgetPeriod.Month), ("quarter", BudgetPeriod.Quarter), ("year", BudgetPeriod.Year)) ?? BudgetPeriod.Month,
            IsAmortized = fields.Optional("reservations")?.Choice(("amortized", true), ("whenBought", false)) ?? false,
            Mode = fields.Optional("mode")?.Choice(("observe", PolicyMode.Observe), ("act", PolicyMode.Act)) ?? PolicyMode.Observe,
            ActualThresholds = Percentages(thresholds?.Optional("actual")),
            ForecastThresholds = Percentages(thresholds?.Optional("forecast")),
            Ladder = [.. ladder.Select(each => each.Step)],
            Undo = Undo(fields.Optional("undo"), ladder, spec),
            Channels = fields.Optional("channels") is { } channels ? AlertChannelsBinding.ChannelNames(channels) : [],
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    private static string Scope(PolicyFields fields, string? ofBudget, PolicyField spec)
    {
        if (fields.Optional("scope") is not { } field)
        {
            if (ofBudget is null && !fields.Has("budget"))
            {
                spec.Fail("lacks 'scope', such as /subscriptions/12345678-90ab-cdef-1234-567890abcdef");
            }

            return ofBudget ?? "";
        }

        var scope = field.Text() is { } text ? BudgetScopes.Read(text) : null;
        if (scope is null)
        {
            field.MustBe("the id of a subscription, resource group or management group, such as /subscriptions/12345678-90ab-cdef-1234-567890abcdef");
        }
        else if (ofBudget is not null && ofBudget != scope)
        {
            field.Fail($"is another scope than the one of the budget, {ofBudget}; leave it out, or name the same");
        }

        return scope ?? "";
    }

    private static (string Id, string Scope)? Budget(PolicyField field)
    {
        var budget = field.Text() is { } text ? BudgetScopes.ReadBudget(text) : null;
        if (budget is null)
        {
            field.MustBe("the id of a budget, such as /subscriptions/12345678-90ab-cdef-1234-567890abcdef/providers/Microsoft.Consumption/budgets/shop");
        }

        return budget;
    }

    private static List<double> Percentages(PolicyField? field)
    {
        var items = field?.Items() ?? [];
        List<double> percentages = [];
        foreach (var item in items)
        {
            if (item.PositiveNumber(BudgetAlertsPolicy.MostPercent) is { } percent)
            {
                if (percentages.Count > 0 && percent <= percentages[^1])
                {
                    item.Fail(string.Create(CultureInfo.InvariantCulture, $"is {percent:0.###}, not above the one before it; list them from the lowest on"));
                }

                percentages.Add(percent);
            }
        }

        return percentages;
    }

    private static (BudgetStep Step, PolicyField Field)? Step(PolicyField field, KindNames kinds)
    {
        if (field.Fields(StepNames) is not { } fields || fields.Required("step")?.Choice(Kinds) is not { } kind)
        {
            return null;
        }

        var (needsSelection, offField) = (kind != BudgetStepKind.Notify, fields.Optional("off"));
        if (needsSelection != fields.Has("select"))
        {
            field.Fail(needsSelection ? "lacks 'select': a step changes what is selected, and nothing selects nothing" : "tells people only; remove 'select'");
        }

        Only(kind == BudgetStepKind.OffHours, offField, "offHours", field, "off", "when it is off, such as off: [\"Mon-Fri 18:00-08:00\", \"Sat,Sun\"]");
        var (isResize, restart, sizeField) = (kind == BudgetStepKind.CheaperSize, fields.Optional("allowRestart"), fields.Optional("size"));
        Only(isResize, restart, "cheaperSize", field, "allowRestart", "another size restarts what has it, so that it needs allowRestart: true");
        if (isResize && restart?.Choice(("true", true), ("false", false)) is false)
        {
            restart.Fail("is false, and another size restarts what has it: say true, or remove the step");
        }

        if (!isResize && sizeField is not null)
        {
            sizeField.Fail("is of steps of the kind cheaperSize only");
        }

        var zone = fields.Optional("timeZone")?.Zone() ?? DateTimeZone.Utc;
        if (kind == BudgetStepKind.LowerMaximum ? fields.Has("maximum") == fields.Has("maximumShare") : fields.Has("maximum") || fields.Has("maximumShare"))
        {
            field.Fail(kind == BudgetStepKind.LowerMaximum ? "needs either 'maximum' or 'maximumShare'" : "lowers no maximum; remove 'maximum' and 'maximumShare'");
        }

        var (notice, grace) = (Wait(fields.Optional("notice")), Wait(fields.Optional("grace")));
        if (kind == BudgetStepKind.Stop && (notice < ShortestNotice || grace < ShortestNotice))
        {
            field.Fail($"stops things: it needs a 'notice' and a 'grace' of {DurationText.Of(ShortestNotice)} or more");
        }

        if (kind == BudgetStepKind.Notify && (fields.Has("notice") || fields.Has("grace") || fields.Has("approval")))
        {
            field.Fail("tells people only; remove 'notice', 'grace' and 'approval'");
        }

        var step = new BudgetStep
        {
            Name = fields.Optional("name")?.Name() ?? WordOf(kind),
            Kind = kind,
            When = fields.Required("when") is { } when ? Trigger(when) : new BudgetTrigger(null, null),
            Select = fields.Optional("select") is { } select ? WorkloadBinding.Selector(select, kinds) : new TargetSelector(),
            NeedsApproval = fields.Optional("approval")?.Choice(("required", true), ("none", false)) ?? false,
            Notice = notice,
            Grace = grace,
            Off = [.. (offField?.Items() ?? []).Select(item => item.When()).OfType<TimeWindow>().Select(window => new ZonedWindow(window, zone))],
            Maximum = fields.Optional("maximum")?.WholeNumber(1, HorizontalScalingBinding.MaximumInstances),
            MaximumShare = fields.Optional("maximumShare")?.Share(),
            Size = sizeField?.Text(TextFields.MaximumLength) ?? "",
        };
        CheckEnd(offField, step.Off);
        return (step, field);
    }

    /// <summary>Off-hours without an end stop things, and a step that stops things needs the tag of whoever owns them, a notice and a grace.</summary>
    private static void CheckEnd(PolicyField? field, IReadOnlyList<ZonedWindow> off)
    {
        if (off.Count > 0 && Quarters.All(at => off.Any(window => window.ActiveUntil(at) is not null)))
        {
            field!.Fail("never ends, which is to stop things without the tag, the notice and the grace of a 'stop'; leave a quarter of an hour a week or more, or write 'step: stop'");
        }
    }

    private static void Only(bool isWanted, PolicyField? given, string kind, PolicyField field, string name, string says)
    {
        if (isWanted && given is null)
        {
            field.Fail($"lacks '{name}': {says}");
        }
        else if (!isWanted && given is not null)
        {
            given.Fail($"is of steps of the kind {kind} only");
        }
    }

    private static TimeSpan Wait(PolicyField? field) => field?.Duration(TimeSpan.Zero) ?? TimeSpan.Zero;

    private static BudgetTrigger Trigger(PolicyField field)
    {
        var fields = field.Fields(TriggerNames);
        if (fields is not null && !fields.Has("actual") && !fields.Has("forecast"))
        {
            field.Fail("is never; give 'actual', 'forecast' or both, in percent of the amount");
        }

        return new BudgetTrigger(
            fields?.Optional("actual")?.PositiveNumber(BudgetAlertsPolicy.MostPercent), fields?.Optional("forecast")?.PositiveNumber(BudgetAlertsPolicy.MostPercent));
    }

    /// <summary>Milder steps first: what stops things before fewer of them were tried is a mistake.</summary>
    private static void CheckOrder(List<(BudgetStep Step, PolicyField Field)> ladder)
    {
        for (var index = 1; index < ladder.Count; index++)
        {
            var ((before, _), (step, field)) = (ladder[index - 1], ladder[index]);
            if (step.Kind < before.Kind)
            {
                field.Fail($"is {WordOf(step.Kind)} after {WordOf(before.Kind)}; the order is {string.Join(", ", Words)}");
            }

            if (ladder.Take(index).Any(each => string.Equals(each.Step.Name, step.Name, StringComparison.OrdinalIgnoreCase)))
            {
                field.Fail($"is a second step called '{step.Name}'; give it a 'name' of its own");
            }
        }
    }

    private static BudgetUndo Undo(PolicyField? field, List<(BudgetStep Step, PolicyField Field)> ladder, PolicyField spec)
    {
        var (usual, fields) = (BudgetUndo.Usual, field?.Fields(UndoNames));
        if (field is not null && fields is null)
        {
            return usual;
        }

        var belowField = fields?.Optional("forecastBelow");
        var below = belowField is null ? usual.Below : belowField.PositiveNumber(BudgetAlertsPolicy.MostPercent);
        var lowest = ladder.Min(each => each.Step.Acts ? each.Step.When.Forecast : null);
        if (below > lowest)
        {
            (belowField ?? field ?? spec).Fail(belowField is not null
                ? FormattableString.Invariant($"is {below:0.###}, above {lowest:0.###}, where a step begins: it would be undone and begun again and again")
                : FormattableString.Invariant($"lacks 'forecastBelow': a step begins at {lowest:0.###}, and below {below:0.###} steps are undone where nothing is said; give less, such as undo: {{ forecastBelow: {lowest * 0.9:0.#} }}"));
        }

        return new BudgetUndo(
            below ?? usual.Below,
            fields?.Optional("for")?.Duration(TimeSpan.Zero) ?? usual.For,
            fields?.Optional("firstShare")?.Share() ?? usual.FirstShare,
            fields?.Optional("restAfter")?.Duration(TimeSpan.Zero) ?? usual.RestAfter);
    }
}
