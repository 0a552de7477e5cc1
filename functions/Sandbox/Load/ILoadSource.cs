namespace ScaleFunctions.Sandbox.Load;

/// <summary>The load on a simulated service, as a function of the time alone.</summary>
public interface ILoadSource
{
    /// <summary>Demand in instances: 1.0 is what one instance carries at 80 % CPU. Finite and not negative.</summary>
    double DemandAt(DateTimeOffset at);
}
