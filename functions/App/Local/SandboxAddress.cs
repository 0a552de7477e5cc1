using System.Globalization;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.App.Local;

/// <summary>A sandbox of another process as typed by a person: <c>port/thumbprint</c>.</summary>
internal static class SandboxAddress
{
    private const int ThumbprintLength = 64;

    public static SandboxConnection Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            && parts[1].Length == ThumbprintLength && parts[1].All(char.IsAsciiHexDigit)
            ? new SandboxConnection(port, parts[1])
            : throw new UserErrorException(
                $"'{text}' is no address of a sandbox; expected port/thumbprint, the thumbprint as {ThumbprintLength} hexadecimal digits");
    }
}
