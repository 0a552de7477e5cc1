using System.Text.Json;

namespace ScaleFunctions.App.Local.Triggers;

/// <summary>A function's folder as the Functions host reads it: what triggers it.</summary>
internal sealed record FunctionFile(string Name, string TriggerType, string BindingName, string Schedule, string Queue)
{
    private const string Resources = "functions/";

    /// <summary>Reads every <c>function.json</c> that is within the program: the local mode needs no file beside it.</summary>
    /// <param name="settings">Values for <c>%NAME%</c>.</param>
    /// <exception cref="FormatException">One is wrong; says which and how.</exception>
    public static IReadOnlyList<FunctionFile> ReadBuiltIn(IReadOnlyDictionary<string, string> settings)
    {
        var program = typeof(FunctionFile).Assembly;
        return
        [
            .. program.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(program.GetManifestResourceStream(name)!);
                    return Read(name.Replace('\\', '/'), reader.ReadToEnd(), settings);
                }),
        ];
    }

    /// <summary>Reads every <c>function.json</c> one level below a folder, as published.</summary>
    /// <param name="root">Where <c>host.json</c> lies.</param>
    /// <param name="settings">Values for <c>%NAME%</c>.</param>
    /// <exception cref="FormatException">A file is wrong; says which and how.</exception>
    public static IReadOnlyList<FunctionFile> ReadAll(string root, IReadOnlyDictionary<string, string> settings) =>
        [.. Directory.EnumerateDirectories(root)
            .Select(folder => Path.Combine(folder, "function.json"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .Select(file => Read(file, File.ReadAllText(file), settings))];

    private static FunctionFile Read(string file, string json, IReadOnlyDictionary<string, string> settings)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var trigger = document.RootElement.GetProperty("bindings").EnumerateArray()
                .First(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));
            var type = Text(trigger, "type");
            return new FunctionFile(
                Path.GetFileName(Path.GetDirectoryName(file)!),
                type,
                Required(trigger, "name"),
                type == "timerTrigger" ? Resolve(Required(trigger, "schedule"), settings) : "",
                type == "queueTrigger" ? Resolve(Required(trigger, "queueName"), settings) : "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{file} is no function.json with a trigger: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement binding, string name) =>
        binding.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Required(JsonElement binding, string name) =>
        Text(binding, name) is { Length: > 0 } text ? text : throw new FormatException($"the trigger has no '{name}'");

    /// <summary>The host replaces a whole value of the form <c>%SETTING%</c>.</summary>
    private static string Resolve(string value, IReadOnlyDictionary<string, string> settings) =>
        value.Length <= 2 || value[0] != '%' || value[^1] != '%' ? value
            : settings.TryGetValue(value[1..^1], out var setting) ? setting
            : throw new FormatException($"the app setting {value[1..^1]} is not set");
}
