namespace ScaleFunctions.Core.Policies;

/// <summary>
/// What is wanted while a signal cannot be read; the words are those of KEDA's fallback. None of them lowers, so that
/// <see cref="CurrentInstances"/> and <see cref="CurrentInstancesIfLower"/> come to holding.
/// </summary>
public enum MissingDataBehavior
{
    /// <summary>Keep what there is.</summary>
    Hold,

    /// <summary>The given count.</summary>
    Static,

    /// <summary>What there is.</summary>
    CurrentInstances,

    /// <summary>What there is, or the given count when that is higher.</summary>
    CurrentInstancesIfHigher,

    /// <summary>What there is, or the given count when that is lower.</summary>
    CurrentInstancesIfLower,
}
