using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScaleFunctions.App.Commands;

/// <summary>Reads files of autoscale settings: one, a list, or what Azure's API answers to a list; as the API writes them, or as <c>az</c> does.</summary>
internal static class SettingFiles
{
    /// <summary>More than a subscription full of settings has.</summary>
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>What stands beside <c>properties</c>.</summary>
    private static readonly string[] Outside = ["id", "name", "type", "location", "tags"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="UserErrorException">The file cannot be read, or is no JSON.</exception>
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new UserErrorException("the file of settings has no name; name one with --file");
        }

        if (Directory.Exists(file))
        {
            throw new UserErrorException($"{file} is a directory; name a file of settings as JSON");
        }

        try
        {
            using var document = JsonDocument.Parse(Text(file));
            var root = document.RootElement;
            RequireTexts(root);
            return root switch
            {
                { ValueKind: JsonValueKind.Array } => [.. root.EnumerateArray().Select(Whole)],
                { ValueKind: JsonValueKind.Object } when root.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array =>
                    [.. list.EnumerateArray().Select(Whole)],
                _ => [Whole(root)],
            };
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserErrorException($"the settings in {file} cannot be read: it is no text in UTF-8; save it so", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserErrorException($"the settings in {file} cannot be read: a text in it holds half of a character (\\ud800 to \\udfff alone)", exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the settings in {file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The text of a file, a pipe, or what a shell puts in their place; a mark at its beginning tells UTF-16.</summary>
    private static string Text(string file)
    {
        using var reader = new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: true);
        var text = new char[LargestFile + 1];
        var length = reader.ReadBlock(text);
        return length <= LargestFile
            ? new string(text, 0, length)
            : throw new UserErrorException($"{file} is larger than {LargestFile / (1024 * 1024)} MiB, which no settings are");
    }

    /// <summary>A setting as the API writes it: <c>az monitor autoscale show</c> leaves out <c>properties</c> and writes what is in there beside the name.</summary>
    private static JsonElement Whole(JsonElement setting)
    {
        if (setting.ValueKind != JsonValueKind.Object || setting.TryGetProperty("properties", out _) || !setting.TryGetProperty("profiles", out _))
        {
            return setting.Clone();
        }

        var whole = new JsonObject { ["properties"] = JsonObject.Create(setting.Clone()) };
        foreach (var name in Outside)
        {
            whole[name] = setting.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;
        }

        using var document = JsonDocument.Parse(whole.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <exception cref="InvalidOperationException">A name or a text is none.</exception>
    private static void RequireTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    RequireTexts(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    RequireTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
