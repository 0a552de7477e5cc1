using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Makes alerts of what stands about, for the channels of whoever it belongs to. They are found by the marks each hour, so that none is
/// lost when a worker dies between marking and telling; what is no longer marked is no longer told.
/// </summary>
public static class LeftoverNotices
{
    /// <summary>So many of an owner are told one by one, the dearest; the others by one alert. What is told is kept in one document.</summary>
    public const int MostAlone = 20;

    /// <param name="policies">Whose it is, and where each is told.</param>
    /// <param name="marks">What is kept of what stands about.</param>
    public static IReadOnlyList<HeldAlert> Of(PolicySet policies, IReadOnlyList<LeftoverRecord> marks)
    {
        var looking = policies.UsageFindings.Select(policy => policy.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from mark in marks
               where mark.ToldAt is not null && looking.Contains(mark.Policy)
               group mark by mark.Owner into owned
               let channels = AlertRoutes.Of(policies, owned.Key, [])
               from alert in Of(owned.Key, [.. owned.OrderByDescending(mark => mark.PerMonth ?? 0).ThenBy(mark => mark.Id, StringComparer.OrdinalIgnoreCase)])
               select new HeldAlert(alert, channels),
        ];
    }

    private static IEnumerable<Alert> Of(string owner, IReadOnlyList<LeftoverRecord> marks) =>
        marks.Take(MostAlone).Select(Of).Concat(marks.Count <= MostAlone ? [] : [Rest(owner, [.. marks.Skip(MostAlone)])]);

    private static Alert Of(LeftoverRecord mark) => new()
    {
        // With when it was first seen: what was in use meanwhile and stands about again is news.
        Fact = $"leftover|{mark.Kind}|{mark.Id.ToLowerInvariant()}|{mark.FirstSeen:O}",
        Owner = mark.Owner,
        Urgency = AlertUrgency.Notice,
        What = $"{mark.Id[(mark.Id.LastIndexOf('/') + 1)..]} stands about: {LeftoverWords.Of(mark.Kind)}",
        Why = $"{mark.What}; seen since {mark.FirstSeen.UtcDateTime:yyyy-MM-dd}{(mark.PerMonth is null ? $"; no price: {mark.WhyNotPriced}" : "")}. Nobody here changes it. What ends its costs, to be read before it is run: {mark.Command}",
        About = mark.Id,
        Money = mark.PerMonth is { } amount ? new AlertMoney(amount, mark.Currency, Basis(mark), AsOf(mark.PricesAsOf, mark.LastSeen)) : null,
        Snooze = StandingAlerts.Snooze(mark.Id),
        At = mark.ToldAt!.Value,
    };

    /// <summary>Once a month: each of them is in the list that the command prints.</summary>
    private static Alert Rest(string owner, IReadOnlyList<LeftoverRecord> marks)
    {
        var priced = marks.Where(mark => mark.PerMonth is not null).ToList();
        var latest = marks.Max(mark => mark.LastSeen);
        return new Alert
        {
            Fact = $"leftovers|more|{latest.UtcDateTime:yyyyMM}",
            Owner = owner,
            Urgency = AlertUrgency.Notice,
            What = $"{marks.Count} more resources stand about",
            Why = $"{string.Join(", ", marks.CountBy(mark => mark.Kind).OrderByDescending(each => each.Value).ThenBy(each => each.Key).Select(each => $"{LeftoverWords.Of(each.Key)}: {each.Value}"))}; the dearest {MostAlone} are told one by one. 'sf usage findings' lists all, each with its command",
            About = "leftovers",

            // Amounts of two currencies have no sum.
            Money = priced.Select(mark => mark.Currency).Distinct(StringComparer.Ordinal).ToList() is [var currency]
                ? new AlertMoney(priced.Sum(mark => mark.PerMonth!.Value), currency, $"a month of 730 hours at retail prices, of {priced.Count} of them", AsOf(priced.Min(mark => mark.PricesAsOf), latest))
                : null,
            Snooze = StandingAlerts.Snooze("leftovers"),
            At = latest,
        };
    }

    private static string Basis(LeftoverRecord mark) => mark.PricesAsOf is null ? "costs nothing by itself" : $"{(mark.IsAtMost ? "at most, " : "")}a month of 730 hours at retail prices";

    private static DateTimeOffset AsOf(DateOnly? day, DateTimeOffset otherwise) => day is { } known ? new DateTimeOffset(known.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : otherwise;
}
