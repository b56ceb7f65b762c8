"""Who is who: join links, the cookie that a link turns into, and the names people type. No sign-up anywhere.

A link token is signed and names a row that can be revoked. Following it makes a participant with a random id; a signed
cookie remembers both. Nothing here decides what a role may do: that is `ops.py`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer

from canvas.errors import LinkRefused
from canvas.requests import ROLES, Author, Role
from canvas.store import Store, new_id
from canvas.tables import LINK, PARTICIPANT
from canvas.text import clean

NAME_LENGTH = 60


@dataclass(frozen=True)
class Member:
    """One browser in one workshop: what its link allows, and the name its person typed, if any."""

    workshop: str
    id: str
    role: Role
    name: str | None

    @property
    def author(self) -> Author:
        return Author(self.id, self.role)


class Access:
    """Makes and checks links and cookies for the workshops of one store."""

    def __init__(self, store: Store, secret: str) -> None:
        self.store = store
        self._links = URLSafeSerializer(secret, salt="join-link")
        self._cookies = URLSafeSerializer(secret, salt="member-cookie")

    def new_link(self, workshop: str, role: Role) -> str:
        """Return the token of a new join link. Several links of one role may exist side by side."""
        link_id = new_id()
        row = {"id": link_id, "workshop": workshop, "role": role, "created_at": self.store.clock(), "revoked": False}
        with self.store.engine.begin() as connection:
            connection.execute(sa.insert(LINK).values(row))
        return self._token(link_id)

    def link_for(self, workshop: str, role: Role) -> str:
        """Return the token of the newest link of a role that is not revoked, making one when there is none."""
        wanted = sa.select(LINK.c.id).where(LINK.c.workshop == workshop, LINK.c.role == role, ~LINK.c.revoked)
        with self.store.engine.connect() as connection:
            link_id = connection.scalar(wanted.order_by(LINK.c.created_at.desc(), LINK.c.id).limit(1))
        return self._token(link_id) if link_id else self.new_link(workshop, role)

    def revoke(self, token: str) -> None:
        """Make a link useless, and with it every cookie it gave."""
        link_id = self._loads(self._links, token)
        with self.store.engine.begin() as connection:
            connection.execute(sa.update(LINK).where(LINK.c.id == link_id).values(revoked=True))

    def join(self, token: str) -> tuple[Member, str]:
        """Follow a link: return the new member and the cookie value that remembers it. Raises `LinkRefused`."""
        link_id = self._loads(self._links, token)
        with self.store.engine.begin() as connection:
            link = connection.execute(sa.select(LINK).where(LINK.c.id == link_id, ~LINK.c.revoked)).one_or_none()
            if link is None:
                raise LinkRefused("This link has been revoked. Ask the facilitator for a new one.")
            member = Member(link.workshop, new_id(), _role(link.role), None)
            row = {"id": member.id, "workshop": member.workshop, "link": link.id, "joined_at": self.store.clock()}
            connection.execute(sa.insert(PARTICIPANT).values(row))
        return member, str(self._cookies.dumps(member.id))

    def member(self, workshop: str, cookie: str | None) -> Member:
        """Return who a cookie stands for in this workshop. Raises `LinkRefused` when it does not."""
        if not cookie:
            raise LinkRefused("Open the link you were given for this workshop; this browser has not joined it yet.")
        wanted = (
            sa.select(PARTICIPANT.c.id, PARTICIPANT.c.name, LINK.c.role)
            .join(LINK, LINK.c.id == PARTICIPANT.c.link)
            .where(PARTICIPANT.c.id == self._loads(self._cookies, cookie))
            .where(PARTICIPANT.c.workshop == workshop, ~LINK.c.revoked)
        )
        with self.store.engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise LinkRefused("Your link to this workshop is no longer valid. Ask the facilitator for a new one.")
        return Member(workshop, row.id, _role(row.role), row.name)

    def rename(self, member: Member, name: str) -> None:
        """Store the name a person typed, or forget it when it is empty."""
        value = clean(name).replace("\n", " ")[:NAME_LENGTH] or None
        with self.store.engine.begin() as connection:
            connection.execute(sa.update(PARTICIPANT).where(PARTICIPANT.c.id == member.id).values(name=value))

    def names(self, workshop: str) -> dict[str, str]:
        """Return the names of those who typed one, by participant id."""
        wanted = sa.select(PARTICIPANT.c.id, PARTICIPANT.c.name).where(PARTICIPANT.c.workshop == workshop)
        with self.store.engine.connect() as connection:
            return {row.id: row.name for row in connection.execute(wanted) if row.name}

    def _token(self, link_id: str) -> str:
        return str(self._links.dumps(link_id))

    def _loads(self, serializer: URLSafeSerializer, signed: str) -> str:
        try:
            return str(serializer.loads(signed))
        except BadSignature:
            raise LinkRefused("This link is not valid. Copy it again, whole, or ask for a new one.") from None


def cookie_name(workshop: str) -> str:
    """Return the name of the cookie that remembers the member of one workshop."""
    return f"stack-canvas-{workshop}"


def secret_in(folder: Path) -> str:
    """Return the signing secret kept in the data folder, made at first use and readable by its owner only."""
    path = folder / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = folder / f".secret-{new_id()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        # Linking fails when another process was first; then its secret counts.
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def _role(value: str) -> Role:
    return next(role for role in ROLES if role == value)
