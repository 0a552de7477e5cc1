using System.Security.Cryptography;
using System.Text;

namespace ScaleFunctions.App.Hosting.Git;

/// <summary>The names that Git gives to what it holds: SHA-1 of 40 digits, in newer repositories SHA-256 of 64.</summary>
internal static class GitHash
{
    private const int Short = 40;
    private const int Long = 64;

    /// <summary>Whether a text is a whole hash.</summary>
    public static bool Is(string text) => text.Length is Short or Long && text.All(char.IsAsciiHexDigit);

    /// <summary>The name of an object.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="digits">How many digits names have in that repository.</param>
    public static string Of(string kind, ReadOnlySpan<byte> content, int digits)
    {
        using var hash = IncrementalHash.CreateHash(digits == Short ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{kind} {content.Length}\0"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
