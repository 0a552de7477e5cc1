using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Trials;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>All that is kept of one resource's forecasts between two refreshes.</summary>
public sealed record ForecastState
{
    /// <summary>The signal whose load is forecast; another one begins anew.</summary>
    public required string Signal { get; init; }

    public LoadGrid Grid { get => field ?? LoadGrid.Empty; init; } = LoadGrid.Empty;

    /// <summary>Whether earlier loads were asked for once.</summary>
    public bool HasHistory { get; init; }

    /// <summary>End of the load at the last fit.</summary>
    public DateTimeOffset FittedAt { get; init; }

    /// <summary>The competing methods; none while the history cannot be forecast.</summary>
    public IReadOnlyList<MethodState> Methods { get => field ?? []; init; } = [];

    /// <summary>The one that is followed.</summary>
    public ForecastMethod Champion { get; init; }

    /// <summary>Whether it may act.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Why it may not, or why there is no forecast at all; empty when it may.</summary>
    public string WhyNot { get; init; } = "";
}
