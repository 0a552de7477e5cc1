using System.Globalization;

namespace ScaleFunctions.Core.Actions;

/// <summary>Names one action for people: <c>web@12</c>, the twelfth on the target <c>web</c>.</summary>
/// <param name="Target">Name or id of the target.</param>
/// <param name="Epoch">Number of the action on it.</param>
public sealed record ActionId(string Target, long Epoch)
{
    /// <summary>Reads one; nothing when it is none. The number stands after the last <c>@</c>.</summary>
    public static ActionId? TryParse(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch > 0
            ? new ActionId(text[..at], epoch)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Target}@{Epoch}");
}
