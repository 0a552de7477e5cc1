using System.Text.Json.Nodes;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>
/// An Adaptive Card for the webhook of a Teams workflow (learn.microsoft.com/power-automate/teams/send-a-message-in-teams). All text is
/// in text runs, which know no markup: a name from the estate cannot become a link.
/// </summary>
internal static class TeamsCard
{
    /// <summary>The newest version that Teams shows on every client.</summary>
    private const string Version = "1.4";

    public static JsonObject Of(AlertMessage message)
    {
        var body = new JsonArray(Block(message.Title, isTitle: true));
        foreach (var alert in message.Alerts)
        {
            if (message.IsDigest)
            {
                body.Add(Block(alert.What, isTitle: true));
            }

            foreach (var (name, text) in AlertText.Facts(alert))
            {
                body.Add(Block($"{name}: {text}", isTitle: false));
            }
        }

        if (message.LeftOut > 0)
        {
            body.Add(Block(AlertText.LeftOut(message), isTitle: false));
        }

        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = Version,
                    ["body"] = body,
                },
            }),
        };
    }

    private static JsonObject Block(string text, bool isTitle) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray(new JsonObject
        {
            ["type"] = "TextRun",
            ["text"] = AlertText.Cut(text),
            ["weight"] = isTitle ? "Bolder" : "Default",
        }),
    };
}
