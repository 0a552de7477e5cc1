using System.Text;

namespace ScaleFunctions.Core.Policies;

/// <summary>What every policy file must fulfil before anything reads structure into it: small, UTF-8, nothing invisible.</summary>
internal static class PolicyGuard
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of the file, or null after adding the reason why it is refused.</summary>
    public static string? Read(PolicyFile file, PolicyErrors errors)
    {
        if (file.Content.Length > PolicyFile.MaximumBytes)
        {
            errors.Add(1, 1, $"the file is larger than {PolicyFile.MaximumBytes / 1024} KiB; split it");
            return null;
        }

        var text = Decode(file.Content.Span, errors);
        return text is null || HasForbiddenCharacter(text, errors) ? null : text;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, PolicyErrors errors)
    {
        try
        {
            var text = StrictUtf8.GetString(bytes);
            return text.Length > 0 && text[0] == ByteOrderMark ? text[1..] : text;
        }
        catch (DecoderFallbackException exception)
        {
            var (line, column) = PlaceOf(bytes[..Math.Clamp(exception.Index, 0, bytes.Length)]);
            errors.Add(line, column, "the file is not valid UTF-8 here; save it as UTF-8");
            return null;
        }
    }

    private static (int Line, int Column) PlaceOf(ReadOnlySpan<byte> before)
    {
        var lastBreak = before.LastIndexOf((byte)'\n');
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(lastBreak + 1)..]) + 1);
    }

    private static bool HasForbiddenCharacter(string text, PolicyErrors errors)
    {
        var (line, lineStart) = (1, 0);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\n')
            {
                (line, lineStart) = (line + 1, index + 1);
            }
            else if (IsForbidden(text, index))
            {
                errors.Add(line, index - lineStart + 1,
                    $"the invisible character U+{(int)text[index]:X4} is not allowed in a policy file; remove it");
                return true;
            }
        }

        return false;
    }

    private static bool IsForbidden(string text, int index) => text[index] switch
    {
        '\t' => false,
        '\r' => index + 1 == text.Length || text[index + 1] != '\n',
        var character => char.IsControl(character) || IsInvisible(character),
    };

    /// <summary>
    /// Line and paragraph separators, which some readers take for line breaks and others do not; marks that reorder text
    /// on screen, so that a reviewer reads something else than the parser; and a byte order mark in the middle.
    /// </summary>
    private static bool IsInvisible(char character) =>
        character is '\u2028' or '\u2029' or ByteOrderMark
            or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F';
}
