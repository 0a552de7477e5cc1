using System.Net;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Security.Tests;

/// <summary>Addresses that somebody may set up for an alert and that must never be connected to, in each form an address is written in.</summary>
public sealed class WebhookCorpusTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Forms of this machine; PORT is where somebody listens and counts.</summary>
    private static readonly string[] ThisMachine =
    [
        "https://127.0.0.1:PORT/", "https://127.1:PORT/", "https://127.0.1:PORT/", "https://2130706433:PORT/", "https://0x7f000001:PORT/", "https://0x7f.0x0.0x0.0x1:PORT/",
        "https://0x7F.1:PORT/", "https://017700000001:PORT/", "https://0177.0.0.01:PORT/", "https://0177.1:PORT/", "https://127.000.000.001:PORT/", "https://127.0.0.1.:PORT/",
        "https://127.127.127.127:PORT/", "https://localhost:PORT/", "https://LOCALHOST:PORT/", "https://localhost.:PORT/", "https://0:PORT/", "https://0.0.0.0:PORT/",
        "https://[::1]:PORT/", "https://[0:0:0:0:0:0:0:1]:PORT/", "https://[::ffff:127.0.0.1]:PORT/", "https://[::ffff:7f00:1]:PORT/", "https://[::127.0.0.1]:PORT/",
        "https://[::]:PORT/", "https://[::1%25lo]:PORT/", "https://[::1%251]:PORT/", "https://[64:ff9b::7f00:1]:PORT/", "https://[2002:7f00:1::]:PORT/", "https://[2001:0:7f00:1::]:PORT/",
        "https://①②⑦.⓪.⓪.①:PORT/", "https://１２７.0.0.1:PORT/", "https://127。0。0。1:PORT/", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/", "https://%31%32%37.0.0.1:PORT/",
        "https://hooks.example.com@127.0.0.1:PORT/", "https://user:key@localhost:PORT/", "https://hooks.example.com%40127.0.0.1:PORT/", "https://127.0.0.1:PORT\\@hooks.example.com/",
        "https://127.0.0.1:PORT#@hooks.example.com/", "https:127.0.0.1:PORT/", "https:///127.0.0.1:PORT/", "https:\\\\127.0.0.1:PORT\\", "http://127.0.0.1:PORT/", "http://localhost:PORT/",
        "HTTP://LOCALHOST:PORT/", "ws://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/_POST", "file:///etc/passwd", "unix:/var/run/docker.sock", "//127.0.0.1:PORT/", "127.0.0.1:PORT",
    ];

    /// <summary>What a name may stand for, one address or several.</summary>
    private static readonly string[] Answers =
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.4", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "100.64.0.1", "100.127.255.254", "169.254.169.254", "169.254.170.2",
        "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.4", "::ffff:169.254.169.254",
        "::ffff:168.63.129.16", "::10.0.0.4", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::1", "2001:db8::1", "3fff::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
        "100::1", "8.8.8.8 127.0.0.1", "127.0.0.1 8.8.8.8", "2606:4700::1111 169.254.169.254", "8.8.8.8 ::1", "",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void There_are_at_least_sixty_forms() => Assert.True(ThisMachine.Distinct().Count() + Answers.Distinct().Count() >= 60);

    [Fact]
    public async Task No_form_of_this_machine_is_connected_to()
    {
        using var canary = new ConnectionCounter();
        using var http = new AlertHttp(TimeProvider.System);
        foreach (var form in ThisMachine)
        {
            var text = form.Replace("PORT", $"{canary.Port}", StringComparison.Ordinal);
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            {
                continue;
            }

            var delivery = await http.PostAsync(address, "{}"u8.ToArray(), NoHeaders, Cancellation);

            Assert.True(delivery is Delivery.Failed, $"{form}: {delivery}");
            Assert.True(canary.Connections == 0, $"{form} was connected to");
        }
    }

    [Fact]
    public async Task No_name_that_leads_inside_is_connected_to()
    {
        using var canary = new ConnectionCounter();
        foreach (var answer in Answers)
        {
            var addresses = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray();
            using var http = new AlertHttp(mayBeThisMachine: false, (_, _) => Task.FromResult(addresses));

            var failed = Assert.IsType<Delivery.Failed>(await http.PostAsync(new Uri($"https://hooks.example.com:{canary.Port}/"), "{}"u8.ToArray(), NoHeaders, Cancellation));

            Assert.True(failed.IsFinal && failed.Problem.Contains("private network", StringComparison.Ordinal), $"{answer}: {failed.Problem}");
        }

        Assert.Equal(0, canary.Connections);
    }

    /// <summary>Without the guard each of these is a connection: the counter counts, and the forms lead to it.</summary>
    [Fact]
    public async Task A_connection_would_be_noticed()
    {
        using var canary = new ConnectionCounter();
        using var http = new AlertHttp(mayBeThisMachine: true, patience: TimeSpan.FromSeconds(2));

        await http.PostAsync(new Uri($"https://127.1:{canary.Port}/"), "{}"u8.ToArray(), NoHeaders, Cancellation);

        Assert.Equal(1, canary.Connections);
    }
}
