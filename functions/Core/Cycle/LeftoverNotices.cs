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
    /// <param name="now">The present.</param>
    public static IReadOnlyList<LeftoverNotice> Of(PolicySet policies, IReadOnlyList<LeftoverRecord> marks, DateTimeOffset now)
    {
        var looking = policies.UsageFindings.DistinctBy(policy => policy.Name, StringComparer.Ordinal).ToDictionary(policy => policy.Name, StringComparer.Ordinal);
        return
        [
            .. from mark in marks
               where mark.ToldAt is not null && looking.ContainsKey(mark.Policy)
               group mark by mark.Owner into owned
               let channels = AlertRoutes.Of(policies, owned.Key, [])
               from each in Of(owned.Key, [.. owned.OrderByDescending(mark => mark.NoticeFrom is not null).ThenByDescending(mark => mark.PerMonth ?? 0).ThenBy(mark => mark.Id, StringComparer.OrdinalIgnoreCase)], looking, now)
               select new LeftoverNotice(new HeldAlert(each.Alert, channels), each.Mark),
        ];
    }

    /// <summary>What will be stopped first: of that an owner must know each.</summary>
    private static IEnumerable<(Alert Alert, LeftoverRecord? Mark)> Of(string owner, IReadOnlyList<LeftoverRecord> marks, Dictionary<string, UsageFindingsPolicy> policies, DateTimeOffset now) =>
        marks.Take(MostAlone).Select(mark => (mark.NoticeFrom is { } from && policies[mark.Policy].Act is { } act ? Act(mark, from, act, now) : Of(mark), (LeftoverRecord?)mark))
            .Concat(marks.Count <= MostAlone ? [] : [(Rest(owner, [.. marks.Skip(MostAlone)]), null)]);

    /// <summary>Another fact than that it stands about: who knew that does not know yet that something is done.</summary>
    private static Alert Act(LeftoverRecord mark, DateTimeOffset from, FindingsActTerms act, DateTimeOffset now)
    {
        var told = Of(mark);
        var name = mark.Id[(mark.Id.LastIndexOf('/') + 1)..];
        var at = (mark.NoticedAt ?? now) + act.After;
        return told with
        {
            Fact = $"{told.Fact}|act|{from:O}",
            Urgency = AlertUrgency.Warning,
            What = $"{name} is idle and will be {(mark.Kind == LeftoverKind.IdleMachine ? "deallocated" : "lowered to its minimum")} from {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC on",
            Why = $"{mark.What}; seen since {mark.FirstSeen.UtcDateTime:yyyy-MM-dd}{(mark.PerMonth is null ? $"; no price: {mark.WhyNotPriced}" : "")}. It is not done while somebody works on it, and comes back when somebody starts it. To keep it take the tag {FindingsActTerms.Tag} away, or run the command below",
            Undo = $"sf snooze {name} --for 7d --reason …",
        };
    }

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
