namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>How far a finding has been carried out.</summary>
public enum FindingProgress
{
    NotBegun,

    /// <summary>One of size and count is what was found, and the other is not.</summary>
    UnderWay,

    Done,

    /// <summary>There is neither what was nor what should be: it was found of something else.</summary>
    Elsewhere,
}
