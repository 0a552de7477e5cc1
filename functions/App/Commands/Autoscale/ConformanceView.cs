using ScaleFunctions.Core.Conformance;

namespace ScaleFunctions.App.Commands.Autoscale;

/// <summary>What <c>conformance</c> found.</summary>
internal sealed record ConformanceView(string Resource, DateTimeOffset At, IReadOnlyList<ConformanceRow> Rows)
{
    public int Matched => Count(ConformanceOutcome.Matched);

    public int Differs => Count(ConformanceOutcome.Differs);

    public int NeverTried => Count(ConformanceOutcome.NeverTried);

    private int Count(ConformanceOutcome outcome) => Rows.Count(row => row.Outcome == outcome);
}
