namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>What off-hours ask of the count of a target. It is a wish: bounds, floors, guards and people are asked as for any other.</summary>
public abstract record OffWish
{
    private OffWish()
    {
    }

    /// <summary>No more than this is needed; with 0 it is stopped, whatever its load.</summary>
    /// <param name="Instances">What is left.</param>
    /// <param name="Since">The edge.</param>
    /// <param name="Until">When it has to be back; absent when nothing says so.</param>
    public sealed record Lower(int Instances, DateTimeOffset Since, DateTimeOffset? Until) : OffWish
    {
        public bool IsStop => Instances == 0;

        /// <summary>Whether because it was found idle, and not by the clock.</summary>
        public bool IsIdle { get; init; }
    }

    /// <summary>As many as before.</summary>
    /// <param name="Instances">How many there were.</param>
    /// <param name="By">When they must be there.</param>
    public sealed record Return(int Instances, DateTimeOffset By) : OffWish;

    /// <summary>A person started it: it is left as it is.</summary>
    public sealed record Leave : OffWish;
}
