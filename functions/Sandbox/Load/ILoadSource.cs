namespace ScaleFunctions.Sandbox.Load;

/// <summary>The load on a simulated service, as a function of the time alone.</summary>
public interface ILoadSource
{
    /// <summary>Demand in instances: 1.0 is what one instance carries at 80 % CPU. Finite and not negative.</summary>
    double DemandAt(DateTimeOffset at);

    /// <summary>Before this nothing is known of it: a recording begins some day, what is made up has always been so.</summary>
    DateTimeOffset KnownSince => DateTimeOffset.MinValue;
}
