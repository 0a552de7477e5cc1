namespace ScaleFunctions.Core.Cycle;

/// <summary>What a finding comes to.</summary>
public enum RightsizingVerb
{
    /// <summary>It should be made smaller or cheaper.</summary>
    Save,

    /// <summary>It has too little.</summary>
    Raise,

    Keep,

    /// <summary>There is something to recommend, and somebody does not want to hear of it for a while.</summary>
    Suppressed,

    NotJudged,
}
