namespace ScaleFunctions.Sandbox.Estates;

/// <summary>The resources whose demand is remembered: those that long spans were last read of, a few, so that it stays within some megabytes. The estate's lock guards it.</summary>
internal sealed class RememberedDemands
{
    private const int Most = 16;

    private readonly List<SimulatedResource> _resources = [];

    /// <summary>Remembers that of a resource, and forgets that of the one that was not asked for longest.</summary>
    public void Use(SimulatedResource resource)
    {
        if (!_resources.Remove(resource))
        {
            resource.RemembersDemand = true;
        }

        _resources.Add(resource);
        if (_resources.Count > Most)
        {
            _resources[0].RemembersDemand = false;
            _resources.RemoveAt(0);
        }
    }
}
