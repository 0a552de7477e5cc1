using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>Reads the settings that hold addresses and keys of channels, and no others.</summary>
internal sealed class AlertSettings(Func<string, string?> read)
{
    /// <summary>A key of fewer characters can be guessed.</summary>
    private const int ShortestKey = 32;

    /// <summary>The address; nothing, and why, when there is none.</summary>
    public (Uri? Address, string Problem) Address(AlertChannel channel) => Read(channel.Setting) is not { Length: > 0 } text
        ? (null, $"the app setting {channel.Setting} is not there")
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? (address, "") : (null, $"the app setting {channel.Setting} holds no address");

    /// <summary>The key; nothing, and why, when there is none that is good.</summary>
    public (string? Key, string Problem) Key(AlertChannel channel) => Read(channel.KeySetting) switch
    {
        null or "" => (null, $"the app setting {channel.KeySetting} is not there"),
        { Length: < ShortestKey } => (null, $"the app setting {channel.KeySetting} holds a key of fewer than {ShortestKey} characters"),
        var key => (key, ""),
    };

    private string? Read(string name) => name.StartsWith(AlertChannelBinding.Prefix, StringComparison.Ordinal) ? read(name) : null;
}
