using System.Text.Json.Serialization;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How a counted day is stored; the management groups are absent when nobody read them.</summary>
internal sealed record KeptSpendDay(
    int Version, DateOnly Day, string Subscription, string Currency, DateTimeOffset From, DateTimeOffset Through, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyList<string>? Groups,
    IReadOnlyList<KeptSpendRow> Rows)
{
    public const int Current = 1;

    public static KeptSpendDay Of(SpendDay day) => new(
        Current, day.Day, day.Subscription, day.Currency, day.From, day.Through, (day.ManagementGroups as ManagementGroups.Read)?.Names, [.. day.Rows.Select(KeptSpendRow.Of)]);

    public SpendDay Read() => new()
    {
        Day = Day,
        Subscription = Subscription,
        Currency = Currency,
        From = From,
        Through = Through,
        ManagementGroups = Groups is null ? ManagementGroups.NotRead : new ManagementGroups.Read(Groups),
        Rows = [.. Rows.Select(row => row.Read(Currency))],
    };
}
