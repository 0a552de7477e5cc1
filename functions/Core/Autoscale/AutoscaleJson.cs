using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>
/// Reads members of a setting's JSON and collects all that is wrong, each with its path. Counts and durations are texts in this API.
/// </summary>
internal sealed class AutoscaleJson(List<string> problems)
{
    public void Fail(string path, string problem) => problems.Add($"{path} {problem}");

    public static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public JsonElement? Object(JsonElement owner, string path, string name) => Of(owner, path, name, JsonValueKind.Object, "an object");

    public IReadOnlyList<JsonElement> Items(JsonElement owner, string path, string name) =>
        Of(owner, path, name, JsonValueKind.Array, "a list") is { } list ? [.. list.EnumerateArray()] : [];

    /// <summary>A text that must be there; empty, and told, when it is not.</summary>
    public string Text(JsonElement owner, string path, string name) =>
        Of(owner, path, name, JsonValueKind.String, "a text") is { } text ? AutoscaleText.Of(text) ?? Unreadable($"{path}.{name}") : "";

    /// <summary>A text that may be absent.</summary>
    public string OptionalText(JsonElement owner, string path, string name) => Member(owner, name) is null ? "" : Text(owner, path, name);

    public bool Flag(JsonElement owner, string path, string name)
    {
        switch (Member(owner, name))
        {
            case null or { ValueKind: JsonValueKind.False }:
                return false;
            case { ValueKind: JsonValueKind.True }:
                return true;
            default:
                Fail($"{path}.{name}", "is neither true nor false");
                return false;
        }
    }

    public double Number(JsonElement owner, string path, string name)
    {
        if (Of(owner, path, name, JsonValueKind.Number, "a number") is { } number)
        {
            if (number.TryGetDouble(out var value) && double.IsFinite(value))
            {
                return value;
            }

            Fail($"{path}.{name}", "is not a number that can be");
        }

        return 0;
    }

    /// <summary>A whole number from 0, written as a text.</summary>
    public int Count(JsonElement owner, string path, string name, string? otherwise = null)
    {
        var text = Member(owner, name) is null && otherwise is not null ? otherwise : Text(owner, path, name);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        Told(text.Length > 0, $"{path}.{name}", $"is '{text}', not a whole number");
        return 0;
    }

    /// <summary>An ISO 8601 duration within bounds.</summary>
    public TimeSpan Span(JsonElement owner, string path, string name, TimeSpan least, TimeSpan most)
    {
        var text = Text(owner, path, name);
        if (text.Length == 0)
        {
            return least;
        }

        try
        {
            // Some versions of az write 0:05:00 for the PT5M of the API.
            var span = TimeSpan.TryParseExact(text, @"h\:mm\:ss", CultureInfo.InvariantCulture, out var clock) ? clock : XmlConvert.ToTimeSpan(text);
            Told(span < least || span > most, $"{path}.{name}", $"is {text}; it is at least {XmlConvert.ToString(least)} and at most {XmlConvert.ToString(most)}");
            return span;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            Fail($"{path}.{name}", $"is '{text}', not a duration such as PT5M");
            return least;
        }
    }

    public T Word<T>(JsonElement owner, string path, string name, T otherwise)
        where T : struct, Enum
    {
        var text = Text(owner, path, name);
        // By its name alone: numbers, and lists of names, would parse, too.
        if (Array.Find(Enum.GetNames<T>(), known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        Told(text.Length > 0, $"{path}.{name}", $"is '{text}', not one of {string.Join(", ", Enum.GetNames<T>())}");
        return otherwise;
    }

    private string Unreadable(string path)
    {
        Fail(path, "is no text: it holds half of a character");
        return "";
    }

    private void Told(bool isWrong, string path, string problem)
    {
        if (isWrong)
        {
            Fail(path, problem);
        }
    }

    private JsonElement? Of(JsonElement owner, string path, string name, JsonValueKind kind, string what)
    {
        if (Member(owner, name) is not { } value)
        {
            Fail($"{path}.{name}", "is missing");
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Fail($"{path}.{name}", $"is no {what.Split(' ')[^1]}");
        return null;
    }
}
