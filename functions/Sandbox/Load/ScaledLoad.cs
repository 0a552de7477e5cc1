namespace ScaleFunctions.Sandbox.Load;

/// <summary>Another load, seen from instances of another size: half of it where one instance carries twice as much.</summary>
public sealed class ScaledLoad(ILoadSource load, double factor) : ILoadSource
{
    public double DemandAt(DateTimeOffset at) => load.DemandAt(at) * factor;

    public DateTimeOffset KnownSince => load.KnownSince;
}
