namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What one tick of the program took, as a line of JSON from the process that ran it.</summary>
internal sealed record TickFigures
{
    /// <summary>Real time from the timer's call to the answer of the last batch.</summary>
    public required double WallMilliseconds { get; init; }

    /// <summary>Processor time of the process, the calls of the trigger host in it included.</summary>
    public required double ProcessorMilliseconds { get; init; }

    public required double AllocatedMegabytes { get; init; }

    /// <summary>Resident set at the end of the tick.</summary>
    public required double ResidentMegabytes { get; init; }

    public required int Decisions { get; init; }

    public required int Writes { get; init; }

    public required int Calls { get; init; }

    public required int FailedCalls { get; init; }
}
