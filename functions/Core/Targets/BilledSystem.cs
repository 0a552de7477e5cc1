namespace ScaleFunctions.Core.Targets;

/// <summary>The operating system as far as bills know it.</summary>
public enum BilledSystem
{
    Linux,
    Windows,
}
