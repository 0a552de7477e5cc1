using System.Text.Json.Nodes;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>Blocks for an incoming webhook of Slack (api.slack.com/messaging/webhooks). All text is plain: nothing in it can call people or be a link.</summary>
internal static class SlackBlocks
{
    /// <summary>A header of Slack is no longer.</summary>
    private const int LongestHeader = 150;

    /// <summary>A message of Slack has no more blocks; the last one is for what is left out.</summary>
    private const int MostBlocks = 49;

    public static JsonObject Of(AlertMessage message)
    {
        var blocks = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Plain(message.Title, LongestHeader) });
        foreach (var alert in message.Alerts)
        {
            var lines = AlertText.Facts(alert).Select(fact => $"{fact.Name}: {fact.Text}");
            var text = string.Join('\n', message.IsDigest ? lines.Prepend(alert.What) : lines);
            if (blocks.Count < MostBlocks)
            {
                blocks.Add(new JsonObject { ["type"] = "section", ["text"] = Plain(text, LongestText) });
            }
        }

        if (message.LeftOut > 0)
        {
            blocks.Add(new JsonObject { ["type"] = "section", ["text"] = Plain(AlertText.LeftOut(message), LongestText) });
        }

        // What notifications show; there markup would count, so its signs are written out.
        return new JsonObject { ["text"] = Escaped(AlertText.Cut(message.Title)), ["blocks"] = blocks };
    }

    /// <summary>The text of a section is no longer.</summary>
    private const int LongestText = 3000;

    private static JsonObject Plain(string text, int longest) => new()
    {
        ["type"] = "plain_text",
        ["text"] = text.Length <= longest ? text : $"{text.AsSpan(0, longest - 1)}…",
        ["emoji"] = false,
    };

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
