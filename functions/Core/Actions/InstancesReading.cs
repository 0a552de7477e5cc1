namespace ScaleFunctions.Core.Actions;

/// <summary>How many instances of a target exist and serve.</summary>
public abstract record InstancesReading
{
    private InstancesReading()
    {
    }

    /// <param name="Ready">Instances whose provisioning succeeded.</param>
    /// <param name="Total">All instances, whatever their state.</param>
    public sealed record Read(int Ready, int Total) : InstancesReading
    {
        /// <summary>Of all instances, those that Azure could not provision.</summary>
        public int Failed { get; init; }
    }

    public sealed record Unreadable(string Reason) : InstancesReading;
}
