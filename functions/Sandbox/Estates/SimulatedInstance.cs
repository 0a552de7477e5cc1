namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One instance of a simulated resource. It serves from a minute on, if it is healthy.</summary>
internal sealed class SimulatedInstance(int number, string size, int readyFrom)
{
    /// <summary>What Azure calls it within its resource.</summary>
    public int Number { get; } = number;

    public string Size { get; private set; } = size;

    /// <summary>The minute of the simulation that is its first serving one.</summary>
    public int ReadyFrom { get; private set; } = readyFrom;

    /// <summary>Whether its application says that it is well.</summary>
    public bool IsHealthy { get; private set; } = true;

    public bool IsReady(int minute) => ReadyFrom <= minute;

    /// <summary>It has a size from now on, and is as well on it as this says.</summary>
    public void Become(string size, bool isHealthy) => (Size, IsHealthy) = (size, isHealthy);

    public void Restart(int readyFrom) => ReadyFrom = Math.Max(ReadyFrom, readyFrom);
}
