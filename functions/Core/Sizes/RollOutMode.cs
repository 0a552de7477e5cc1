namespace ScaleFunctions.Core.Sizes;

/// <summary>How instances come to have a size that their resource was given.</summary>
public enum RollOutMode
{
    /// <summary>The resource is its only instance, or replaces all by itself: a plan, a machine.</summary>
    ByResource,

    /// <summary>Azure brings instances up to date, batch after batch (<c>upgradePolicy.mode: Rolling</c>), or all at once (<c>Automatic</c>).</summary>
    ByAzure,

    /// <summary>An instance keeps its old size until it is told to take the new one (<c>upgradePolicy.mode: Manual</c>).</summary>
    ByHand,
}
