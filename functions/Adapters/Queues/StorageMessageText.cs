using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>A body as it stands in a storage queue: base64 of UTF-8, what the Functions host reads unless host.json says otherwise.</summary>
internal static class StorageMessageText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string body) => Convert.ToBase64String(Strict.GetBytes(body));

    public static bool TryDecode(string text, [NotNullWhen(true)] out string? body)
    {
        try
        {
            body = Strict.GetString(Convert.FromBase64String(text));
            return true;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            body = null;
            return false;
        }
    }
}
