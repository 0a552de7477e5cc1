using System.Text.Json;

namespace ScaleFunctions.App.Commands;

/// <summary>Reads files of autoscale settings: one, a list, or what Azure's API answers to a list.</summary>
internal static class SettingFiles
{
    /// <summary>More than a subscription full of settings has.</summary>
    private const long LargestFile = 16 * 1024 * 1024;

    /// <exception cref="UserErrorException">The file cannot be read, or is no JSON.</exception>
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
            {
                throw new UserErrorException($"{file} is larger than {LargestFile / (1024 * 1024)} MiB, which no settings are");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            return root switch
            {
                { ValueKind: JsonValueKind.Array } => [.. root.EnumerateArray().Select(setting => setting.Clone())],
                { ValueKind: JsonValueKind.Object } when root.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array =>
                    [.. list.EnumerateArray().Select(setting => setting.Clone())],
                _ => [root.Clone()],
            };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the settings in {file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>A text member; null when there is none.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
