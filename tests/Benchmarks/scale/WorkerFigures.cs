namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What a worker did since it was asked before, as a line of JSON.</summary>
/// <param name="AllocatedMegabytes">Of managed memory.</param>
/// <param name="Decisions">Targets it decided about.</param>
internal sealed record WorkerFigures(double AllocatedMegabytes, int Decisions);
