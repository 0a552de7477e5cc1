namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What becomes of instances when their resource gets another size.</summary>
internal enum ResizeWay
{
    /// <summary>They stay as they are until each is told.</summary>
    ByHand,

    /// <summary>A fifth of them is restarted at a time, each when those before are well again.</summary>
    InBatches,

    /// <summary>All are restarted together.</summary>
    AtOnce,

    /// <summary>The only one is restarted, and its resource stays what it was where that fails.</summary>
    Alone,

    /// <summary>Others take their places once those serve.</summary>
    Replaced,
}
