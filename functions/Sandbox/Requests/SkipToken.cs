using System.Text;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>The token by which a list is gone on with: how many entries were told already.</summary>
internal static class SkipToken
{
    private const int Longest = 64;
    private const string Word = "skip:";

    public static string Of(int told) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Word}{told}"));

    /// <summary>Reads a token; none is the beginning.</summary>
    public static bool TryRead(string? token, out int told)
    {
        told = 0;
        if (string.IsNullOrEmpty(token))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[Longest];
        return token.Length <= Longest && Convert.TryFromBase64String(token, bytes, out var written)
            && Encoding.ASCII.GetString(bytes[..written]) is var text && text.StartsWith(Word, StringComparison.Ordinal)
            && int.TryParse(text[Word.Length..], out told) && told >= 0;
    }
}
