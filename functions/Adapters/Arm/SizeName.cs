using System.Text.Json;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Names of sizes, which come out of policies and go into bodies: <c>Standard_D4s_v5</c>, <c>P1v3</c>.</summary>
internal static class SizeName
{
    private const int Longest = 64;

    public static bool IsName(string text) =>
        text.Length is > 0 and <= Longest && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    /// <summary>The name as it stands in JSON.</summary>
    /// <exception cref="ArgumentException">It is no name of a size.</exception>
    public static string Quoted(string text) => IsName(text)
        ? $"\"{JsonEncodedText.Encode(text)}\""
        : throw new ArgumentException("A size is named by letters, digits, hyphens and underscores", nameof(text));
}
