namespace ScaleFunctions.Core.Policies;

/// <summary>What a signal says in a case.</summary>
public abstract record GivenSignal
{
    private GivenSignal()
    {
    }

    /// <summary>Every sample of the window has this value.</summary>
    public sealed record Value(double Number) : GivenSignal;

    /// <summary>It cannot be read.</summary>
    public sealed record Missing : GivenSignal;

    /// <summary>Its newest sample is too old.</summary>
    public sealed record Stale : GivenSignal;

    /// <summary>Exactly zero, although it was busy shortly before.</summary>
    public sealed record SuspiciousZero : GivenSignal;
}
