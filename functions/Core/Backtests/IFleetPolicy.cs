namespace ScaleFunctions.Core.Backtests;

/// <summary>Decides how many instances a fleet shall have. One object serves one run and may remember what it has seen.</summary>
public interface IFleetPolicy
{
    /// <summary>Instances wanted from this minute on, asked once a minute. Bounds are applied by the caller.</summary>
    int Decide(FleetView view);
}
