using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>What one read of a setting came to.</summary>
internal abstract record SettingReading
{
    private SettingReading()
    {
    }

    /// <param name="Setting">What it says.</param>
    /// <param name="Version">What stands in for an ETag.</param>
    /// <param name="Body">The answer as it came.</param>
    public sealed record Found(SettingAnswer Setting, string Version, BinaryData Body) : SettingReading;

    public sealed record Gone : SettingReading;

    /// <summary>Azure refused the read.</summary>
    public sealed record Refused(ArmError Error) : SettingReading;

    /// <summary>The way to Azure, or its answer, is at fault.</summary>
    public sealed record Unreadable(string Reason) : SettingReading;
}
