using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>
/// Where things lie in the table. A prefix tells the kinds apart, so that all of one kind is a range of partitions.
/// <code>
/// what        partition                    row
/// target      target:{subscription}        id in lower case
/// fleet       fleet                        fleet
/// document    document:{partition}         key
/// journal     journal:{chain}              sequence, newest first
/// feed        feed                         position, newest first
/// </code>
/// </summary>
internal static class TableKeys
{
    public const string Targets = "target";
    public const string Fleet = "fleet";
    public const string Documents = "document";
    public const string Journal = "journal";
    public const string Feed = "feed";

    // A key may have 1 KiB of UTF-16: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    private const int LongestKey = 512;

    // Leaves room for the prefix, the mark and the hash.
    private const int LongestReadable = 400;

    public static string PartitionOf(string kind, string name) => $"{kind}:{Encode(name)}";

    /// <summary>Numbers that grow, as keys that fall: the newest is the first of its partition, and found without reading the others.</summary>
    public static string NewestFirst(long number) => (long.MaxValue - number).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The number behind <see cref="NewestFirst"/>.</summary>
    public static long NumberOf(string rowKey) => long.MaxValue - long.Parse(rowKey, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>
    /// Any text as a key: no two texts have the same. Letters and digits of ASCII stay, a slash is a colon, everything else,
    /// forbidden or not, is <c>!</c> with its UTF-16 code. One that is too long ends in <c>!!</c> and its hash.
    /// </summary>
    public static string Encode(string text)
    {
        var key = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '.' or '_' => key.Append(letter),
                '/' => key.Append(':'),
                _ => key.Append('!').Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return key.Length switch
        {
            0 => "!",
            > LongestKey - 16 => $"{key.ToString(0, LongestReadable)}!!{Hash(text)}",
            _ => key.ToString(),
        };
    }

    // UTF-16 and not UTF-8, in which all halves of surrogate pairs are one.
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)));
}
