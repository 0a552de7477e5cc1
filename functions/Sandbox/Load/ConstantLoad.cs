namespace ScaleFunctions.Sandbox.Load;

/// <summary>The same demand at all times.</summary>
public sealed record ConstantLoad(double Demand) : ILoadSource
{
    public double DemandAt(DateTimeOffset at) => Demand;
}
