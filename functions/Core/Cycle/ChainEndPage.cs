using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Some of the ends that one anchor has.</summary>
public sealed record ChainEndPage
{
    public IReadOnlyList<ChainEnd> Ends { get => field ?? []; init; } = [];
}
