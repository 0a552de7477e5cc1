namespace ScaleFunctions.Core.Sizes;

/// <summary>What Azure says of an instance's health.</summary>
public enum InstanceHealth
{
    /// <summary>Nothing tells: no health extension or probe reports. That is neither good nor bad.</summary>
    Unknown,

    Healthy,

    Unhealthy,
}
