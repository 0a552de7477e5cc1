namespace ScaleFunctions.Core.Conformance;

/// <summary>Compares what two Azures answered to the same requests.</summary>
public static class ConformanceComparison
{
    private const int MembersShown = 5;

    /// <summary>What the sandbox simulates and these requests do not reach.</summary>
    private static readonly (string Step, string Why)[] Beyond =
    [
        ("throttling", "it would take hundreds of requests a second, and others of the subscription would wait"),
        ("allocation failure and quota", "they cannot be caused on purpose"),
        ("spot eviction and instances that fail", "they cannot be caused on purpose"),
        ("metrics", "they come minutes late, and depend on the load"),
        ("Azure's own autoscale", "it takes a setting and hours of load"),
    ];

    /// <param name="steps">All steps there are, in their order.</param>
    /// <param name="real">What was answered there.</param>
    /// <param name="sandbox">What the sandbox answered.</param>
    public static IReadOnlyList<ConformanceRow> Compare(IEnumerable<string> steps, IReadOnlyList<ExchangeSeen> real, IReadOnlyList<ExchangeSeen> sandbox)
    {
        List<ConformanceRow> rows = [];
        foreach (var step in steps)
        {
            var (there, here) = (real.FirstOrDefault(each => each.Step == step), sandbox.FirstOrDefault(each => each.Step == step));
            rows.AddRange(there is not null && here is not null
                ? Compare(there, here)
                : [new ConformanceRow(step, "all of it", ConformanceOutcome.NeverTried, there is null ? "it was not come to there" : "", here is null ? "it was not come to in the sandbox" : "")]);
        }

        rows.AddRange(Beyond.Select(each => new ConformanceRow(each.Step, "all of it", ConformanceOutcome.NeverTried, each.Why, "simulated")));
        return rows;
    }

    private static IEnumerable<ConformanceRow> Compare(ExchangeSeen real, ExchangeSeen sandbox)
    {
        yield return Row("status", $"{real.Status}", $"{sandbox.Status}");
        if (real.ErrorCode.Length > 0 || sandbox.ErrorCode.Length > 0)
        {
            yield return Row("error code", real.ErrorCode, sandbox.ErrorCode);
        }

        foreach (var header in real.Headers.Union(sandbox.Headers, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            yield return Row($"header {header}", Presence(real.Headers.Contains(header)), Presence(sandbox.Headers.Contains(header)));
        }

        yield return Body(real, sandbox);
        foreach (var fact in real.Facts.Keys.Union(sandbox.Facts.Keys).Order(StringComparer.Ordinal))
        {
            yield return Row(fact, real.Facts.GetValueOrDefault(fact, "not told"), sandbox.Facts.GetValueOrDefault(fact, "not told"));
        }

        ConformanceRow Row(string point, string there, string here) =>
            new(real.Step, point, there == here ? ConformanceOutcome.Matched : ConformanceOutcome.Differs, there, here);
    }

    /// <summary>The sandbox may tell less, and nothing else: a member that Azure does not have would be relied on in vain.</summary>
    private static ConformanceRow Body(ExchangeSeen real, ExchangeSeen sandbox)
    {
        var invented = sandbox.Shape.Except(real.Shape).Order(StringComparer.Ordinal).ToList();
        var more = real.Shape.Except(sandbox.Shape).Count();
        return invented.Count == 0
            ? new ConformanceRow(real.Step, "body", ConformanceOutcome.Matched, $"{real.Shape.Count} members{(more > 0 ? $", {more} of them not simulated" : "")}", $"{sandbox.Shape.Count} members")
            : new ConformanceRow(real.Step, "body", ConformanceOutcome.Differs, $"does not have {Names(invented)}", $"has {(invented.Count == 1 ? "it" : "them")}");
    }

    private static string Names(List<string> members) =>
        string.Join(", ", members.Take(MembersShown)) + (members.Count > MembersShown ? $" and {members.Count - MembersShown} more" : "");

    private static string Presence(bool isThere) => isThere ? "there" : "not there";
}
