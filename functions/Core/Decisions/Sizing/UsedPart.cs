namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>What of a size is used.</summary>
public enum UsedPart
{
    Cpu,
    Memory,
}
